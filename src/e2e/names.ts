import { nearest } from "../base/nearest.ts";

/** Names that different teams give to the same layer of a data lake; the first one stands for all. */
const layers: readonly (readonly string[])[] = [
  ["landing", "raw", "ingest", "ingestion", "source", "inbox"],
  ["bronze", "staging"],
  ["silver", "trusted", "refined", "cleansed", "conformed"],
  ["gold", "curated", "consumption", "serving"],
];

/** The known name nearest to a wrong one, or an empty text: raw is as good as landing. */
export function nearestName(wrong: string, known: Iterable<string>): string {
  const byMeaning = new Map([...known].map((name) => [meaning(name), name]));
  const match = nearest(meaning(wrong), byMeaning.keys());
  return match === undefined ? "" : (byMeaning.get(match) ?? "");
}

function meaning(name: string): string {
  return name
    .split(/([-_.])/)
    .map((part) => layers.find((names) => names.includes(part.toLowerCase()))?.[0] ?? part)
    .join("");
}
