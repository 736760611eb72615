import { listEntries } from "./code-location.ts";

export interface MergedWith {
  /** What the manifest names, in its order. */
  readonly wanted: readonly string[];
  /** Whether the toolkit put an entry there. */
  readonly isOurs: (entry: string) => boolean;
  /** What an entry is another version of: entries of one name replace one another. */
  readonly nameOf: (entry: string) => string;
  /** Entries of somebody else's that are taken out. */
  readonly replaces: ReadonlySet<string>;
}

/**
 * A library argument with what the manifest names in it. An older version of an entry is replaced where it stands, a new
 * one is added at the end, an entry of ours that the manifest no longer names goes, and everybody else's entries stay as
 * they are and where they are. A list that needs no change stays as it is written; one that becomes empty is null.
 */
export function mergeLibraries(
  current: string | null,
  { wanted, isOurs, nameOf, replaces }: MergedWith,
): string | null {
  const fresh = new Map(wanted.map((entry) => [nameOf(entry), entry]));
  const placed = new Set<string>();
  const before = listEntries(current);
  const kept = before.flatMap((entry) => {
    const name = nameOf(entry);
    const replacement = fresh.get(name);
    if (replaces.has(entry) || (replacement === undefined && isOurs(entry))) return [];
    if (replacement === undefined) return [entry];
    if (placed.has(name)) return [];
    placed.add(name);
    return [replacement];
  });
  const merged = [...kept, ...[...fresh].filter(([name]) => !placed.has(name)).map(([, entry]) => entry)];
  if (merged.join() === before.join()) return current;
  return merged.length === 0 ? null : merged.join(",");
}

/** The distribution that a requirement or a wheel is of, as PEP 503 compares names: `shop-lib` for `Shop_Lib[x]>=1.0`. */
export function requirementName(entry: string): string {
  const base = /\.whl$/i.test(entry) ? (entry.split("/").at(-1) ?? entry).split("-")[0] : entry;
  const name = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)/.exec(base ?? "")?.[1] ?? entry;
  return name.replaceAll(/[-_.]+/g, "-").toLowerCase();
}
