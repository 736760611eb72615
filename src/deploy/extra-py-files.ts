import { listEntries } from "./code-location.ts";

/**
 * A job's `--extra-py-files` with our zips in it: an older version of the same zip is replaced where it stands, a
 * new one is added at the end, and everybody else's entries stay as they are and where they are.
 * @param stemOf the name of a zip that this toolkit put there; undefined for others' entries
 */
export function mergeExtraPyFiles(
  current: string | null,
  zips: readonly string[],
  stemOf: (uri: string) => string | undefined,
): string | null {
  const fresh = new Map(zips.map((uri) => [stemOf(uri) ?? uri, uri]));
  const placed = new Set<string>();
  const kept = listEntries(current).flatMap((entry) => {
    const stem = stemOf(entry) ?? entry;
    const replacement = fresh.get(stem);
    if (replacement === undefined) return [entry];
    if (placed.has(stem)) return [];
    placed.add(stem);
    return [replacement];
  });
  const added = [...fresh].filter(([stem]) => !placed.has(stem)).map(([, uri]) => uri);
  const merged = [...kept, ...added];
  const unchanged = merged.join() === listEntries(current).join();
  return unchanged ? current : merged.join(",");
}

/** The name that two different zips share, if any: the second would replace the first. */
export function sameStem(
  zips: readonly string[],
  stemOf: (uri: string) => string | undefined,
): string | undefined {
  const seen = new Map<string, string>();
  for (const uri of zips) {
    const stem = stemOf(uri) ?? uri;
    if (seen.has(stem) && seen.get(stem) !== uri) return stem;
    seen.set(stem, uri);
  }
  return undefined;
}
