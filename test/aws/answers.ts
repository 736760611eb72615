import { refusedByS3 } from "./scripted.ts";

/** PutObject worked. */
export const written = { status: 200, headers: { etag: '"e"' } };

/** PutObject came too late: the object is there, or another one. */
export const preconditionFailed = refusedByS3("PreconditionFailed", 412);

/** STS: whose credentials these are. */
export function callerOf(account: string): string {
  return `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${account}</Account><Arn>arn:aws:iam::${account}:user/ana</Arn><UserId>U</UserId></GetCallerIdentityResult></GetCallerIdentityResponse>`;
}

/** A listing of S3, keys alone. */
export function listedKeys(keys: readonly string[]): string {
  const contents = keys.map((key) => `<Contents><Key>${key}</Key></Contents>`);
  return `<ListBucketResult>${contents.join("")}</ListBucketResult>`;
}
