/** A bucket as calls need it: `owner` (an account) makes S3 refuse a bucket of anybody else (ExpectedBucketOwner). */
export interface Bucket {
  readonly name: string;
  readonly owner?: string | undefined;
  /** Server-side encryption of what is written; the bucket's own default where it is left out. */
  readonly encryption?: Encryption | undefined;
}

/** SSE-S3, or SSE-KMS with a key or the account's own for S3 (S3 API reference, PutObject). */
export interface Encryption {
  readonly type: "AES256" | "aws:kms";
  readonly key?: string | undefined;
}

/** The members of a call that name the bucket, and its owner where that is known. */
export function addressOf({ name, owner }: Bucket): { Bucket: string; ExpectedBucketOwner?: string } {
  return { Bucket: name, ...(owner === undefined ? {} : { ExpectedBucketOwner: owner }) };
}

/** The members of a PutObject that ask for the bucket's encryption. */
export function encryptionOf({ encryption }: Bucket): {
  ServerSideEncryption?: Encryption["type"];
  SSEKMSKeyId?: string;
} {
  if (encryption === undefined) return {};
  const { type, key } = encryption;
  return { ServerSideEncryption: type, ...(key === undefined ? {} : { SSEKMSKeyId: key }) };
}
