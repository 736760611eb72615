/** Bucket and key of an `s3://bucket/key` URI; the key may be empty. */
export function splitUri(uri: string): { readonly bucket: string; readonly key: string } {
  const rest = uri.slice("s3://".length);
  const slash = rest.indexOf("/");
  return slash === -1
    ? { bucket: rest, key: "" }
    : { bucket: rest.slice(0, slash), key: rest.slice(slash + 1) };
}
