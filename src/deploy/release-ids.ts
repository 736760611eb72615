import { ToolkitError } from "../base/errors.ts";
import { didYouMean } from "../base/nearest.ts";
import { type LedgerPlace, listReleaseIds } from "./ledger.ts";

const shown = 5;
/** Of a shortened id; fewer characters are more likely a slip. */
const shortest = 4;

/**
 * The id of a release from the whole of it, its beginning, or the beginning of its commit, as long as that fits one
 * release alone.
 * @throws ToolkitError `unknown-release` naming the nearest and the newest ids, `ambiguous-release` naming those that fit
 */
export async function findRelease(place: LedgerPlace, text: string): Promise<string> {
  const ids = await listReleaseIds(place);
  if (ids.includes(text)) return text;
  const fitting =
    text.length < shortest ? [] : ids.filter((id) => id.startsWith(text) || commitOf(id).startsWith(text));
  const [only, ...others] = fitting;
  if (only === undefined) throw unknown(place, text, ids);
  if (others.length === 0) return only;
  throw new ToolkitError({
    code: "ambiguous-release",
    message: `"${text}" fits ${fitting.length} releases of the environment ${place.environment}`,
    remedy: `Name one of them in full: ${fitting.slice(0, shown).join(", ")}${fitting.length > shown ? ", …" : ""}.`,
    source: "user",
  });
}

/** The commit's part of an id; no beginning of a commit fits where the id has none. */
function commitOf(id: string): string {
  return id.split("-")[1] ?? "";
}

function unknown(place: LedgerPlace, text: string, ids: readonly string[]): ToolkitError {
  return new ToolkitError({
    code: "unknown-release",
    message: `There is no release ${text} in the environment ${place.environment}.${didYouMean(text, ids)}`,
    remedy:
      ids.length === 0 ? "Deploy once first." : `The newest releases: ${ids.slice(0, shown).join(", ")}.`,
    source: "user",
  });
}
