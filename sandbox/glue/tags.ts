import type { GetTagsRequest, TagResourceRequest, UntagResourceRequest } from "@aws-sdk/client-glue";
import { invalidInput, notFound, unsupported } from "./fault.ts";
import type { Members } from "./model/parse-input.ts";
import type { CallContext, OperationTable } from "./operation.ts";
import type { AccountState } from "./state/account.ts";

const MAX_TAGS = 50;

type TaggedKind = "job" | "crawler";

/** The tag calls for jobs and crawlers; those for the catalog's resources never come here. */
export const tagOperations: OperationTable = {
  TagResource: tagResource,
  UntagResource: untagResource,
  GetTags: getTags,
};

export function resourceArn(account: AccountState, kind: TaggedKind, name: string): string {
  return `arn:aws:glue:${account.region}:${account.accountId}:${kind}/${name}`;
}

/** Whether a resource carries all the tags of a listing's filter. */
export function matchesTags(
  account: AccountState,
  kind: TaggedKind,
  name: string,
  wanted: Readonly<Record<string, string>> | undefined,
): boolean {
  const tags = account.tags.get(resourceArn(account, kind, name)) ?? {};
  return Object.entries(wanted ?? {}).every(([key, value]) => tags[key] === value);
}

function tagResource({ account }: CallContext, input: TagResourceRequest): Members {
  const arn = checkArn(account, input.ResourceArn);
  const tags = { ...account.tags.get(arn), ...input.TagsToAdd };
  if (Object.keys(tags).length > MAX_TAGS)
    throw invalidInput(`A resource can have at most ${MAX_TAGS} tags.`);
  account.tags.set(arn, tags);
  return {};
}

function untagResource({ account }: CallContext, input: UntagResourceRequest): Members {
  const arn = checkArn(account, input.ResourceArn);
  const left = Object.entries(account.tags.get(arn) ?? {}).filter(
    ([key]) => !input.TagsToRemove?.includes(key),
  );
  account.tags.set(arn, Object.fromEntries(left));
  return {};
}

function getTags({ account }: CallContext, input: GetTagsRequest): Members {
  return { Tags: account.tags.get(checkArn(account, input.ResourceArn)) ?? {} };
}

/** @throws GlueFault for a job or crawler that is not there, and for resources the sandbox has not */
function checkArn(account: AccountState, arn = ""): string {
  const [kind = "", ...rest] = arn.split(":").slice(5).join(":").split("/");
  const name = rest.join("/");
  if (kind !== "job" && kind !== "crawler") throw unsupported(`tags of ${arn}`);
  const there = kind === "job" ? account.jobs.has(name) : account.crawlers.has(name);
  if (!there || arn !== resourceArn(account, kind, name)) throw notFound(`Entity not found: ${arn}`);
  return arn;
}
