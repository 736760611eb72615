/** The objects of a bucket whose keys begin with a text: all of them for an empty one. */
export interface S3Area {
  readonly bucket: string;
  /** A prefix that ends in `/`, a whole key, or empty. */
  readonly prefix: string;
}

/** An area that must not be emptied, and what it is. */
export interface ProtectedArea extends S3Area {
  /** What it holds, to stand in a sentence: `the scripts of this manifest`. */
  readonly what: string;
  /** The environment that it belongs to, where that is another one than the run's. */
  readonly environment?: string;
}

/** How emptying one area touches another one; undefined when they have no key in common. */
export function overlap(emptied: S3Area, other: S3Area): "holds" | "lies in" | undefined {
  if (emptied.bucket !== other.bucket) return undefined;
  if (other.prefix.startsWith(emptied.prefix)) return "holds";
  return emptied.prefix.startsWith(other.prefix) ? "lies in" : undefined;
}

/** Why a key prefix is no plain one, as a predicate; undefined for one that is. */
export function prefixFault(prefix: string): string | undefined {
  if (/[*?[\]{}]/.test(prefix)) return "holds a glob character";
  const parts = prefix.split("/");
  if (parts.some((part) => part === "." || part === "..")) return "holds a . or .. part";
  if (parts.slice(0, -1).includes("")) return "holds an empty part (//)";
  if (/\p{Cc}/u.test(prefix)) return "holds a control character";
  return undefined;
}
