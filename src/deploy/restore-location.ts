import {
  type CodeLocation,
  codeLocation,
  libraryValue,
  listEntries,
  sameCodeLocation,
} from "./code-location.ts";
import { lineEdits } from "./line-edits.ts";

type Values = [string | null, string | null, string | null];

/** What a release did to a job. */
export interface LocationChange {
  readonly before: CodeLocation;
  readonly after: CodeLocation;
}

/**
 * The code location of a job whose release is undone, given where the job finds its code now: what the release changed
 * goes back, and what somebody else changed since stays. A location that holds nothing of the release stays as it is.
 */
export function undoneLocation(live: CodeLocation, { before, after }: LocationChange): CodeLocation {
  if (sameCodeLocation(live, after)) return before;
  return codeLocation(
    live.scriptLocation === after.scriptLocation ? before.scriptLocation : live.scriptLocation,
    (argument) => {
      const [was, is, now] = [before, after, live].map((at) => libraryValue(at, argument)) as Values;
      if (now === is || now === was) return was;
      return formatEntries(now, undo(listEntries(now), was, is));
    },
  );
}

/**
 * The code location of a job that goes back to `target`: its script, and of each library list the entries that are
 * ours. Entries of somebody else's stay as they are and where they are now; those that a release in between removed come
 * back.
 * @param undone what the releases after `target` did to the job, newest first
 * @param isOurs whether an entry is one that the toolkit put there
 */
export function rolledBackLocation(
  live: CodeLocation,
  target: CodeLocation,
  undone: readonly LocationChange[],
  isOurs: (entry: string) => boolean,
): CodeLocation {
  return codeLocation(target.scriptLocation, (argument) => {
    const [wanted, now] = [libraryValue(target, argument), libraryValue(live, argument)];
    const goal = listEntries(wanted);
    let entries: readonly string[] = listEntries(now);
    for (const { before, after } of undone) {
      entries = undo(entries, libraryValue(before, argument), libraryValue(after, argument));
    }
    const kept = entries.filter((entry) => !isOurs(entry) || goal.includes(entry));
    const missing = goal.filter((entry) => isOurs(entry) && !kept.includes(entry));
    const whole = insertedNear(kept, missing, goal);
    const result = inPlaceOf(whole, whole.filter(isOurs), goal.filter(isOurs));
    return result.join() === goal.join() ? wanted : formatEntries(now, result);
  });
}

/**
 * Takes out what a release put into a list, and puts in, in its place, what the release took out. All other entries keep
 * their order of now, for Python imports from the first entry that has a module. A list in which nothing of what the
 * release put in is left is somebody else's by now.
 */
function undo(entries: readonly string[], was: string | null, is: string | null): readonly string[] {
  const [before, after] = [listEntries(was), listEntries(is)];
  const added = after.filter((entry) => !before.includes(entry));
  if (added.length > 0 && !added.some((entry) => entries.includes(entry))) return entries;
  let result: readonly string[] = entries;
  for (const place of replacements(before, after)) {
    const putIn = place.added.filter((entry) => !before.includes(entry));
    const takenOut = place.removed.filter((entry) => !after.includes(entry) && !entries.includes(entry));
    const isInPlace = putIn.some((entry) => result.includes(entry));
    result = isInPlace ? inPlaceOf(result, putIn, takenOut) : insertedNear(result, takenOut, before);
  }
  return result;
}

/** What stands at each place where two lists differ. */
function replacements(
  before: readonly string[],
  after: readonly string[],
): readonly { readonly removed: readonly string[]; readonly added: readonly string[] }[] {
  let place: { removed: string[]; added: string[] } = { removed: [], added: [] };
  const places = [place];
  for (const { kind, line } of lineEdits(before, after, Number.POSITIVE_INFINITY) ?? []) {
    if (kind === "same") {
      place = { removed: [], added: [] };
      places.push(place);
    } else place[kind].push(line);
  }
  return places;
}

/** The list with other entries where some stood, one for one; those that are left over stand behind the last one. */
function inPlaceOf(
  entries: readonly string[],
  old: readonly string[],
  fresh: readonly string[],
): readonly string[] {
  const last = entries.findLastIndex((entry) => old.includes(entry));
  const rest = [...fresh];
  return entries.flatMap((entry, index) => {
    if (!old.includes(entry)) return [entry];
    return rest.splice(0, index === last ? rest.length : 1);
  });
}

/** The list with entries that it lacks, each behind the one that precedes it in the model, or before the next one. */
function insertedNear(
  entries: readonly string[],
  missing: readonly string[],
  model: readonly string[],
): readonly string[] {
  const result = [...entries];
  for (const entry of missing) {
    const index = model.indexOf(entry);
    const previous = model.slice(0, index).findLast((other) => result.includes(other));
    const next = model.slice(index + 1).find((other) => result.includes(other));
    if (previous !== undefined) result.splice(result.indexOf(previous) + 1, 0, entry);
    else result.splice(next === undefined ? result.length : result.indexOf(next), 0, entry);
  }
  return result;
}

/** A list as the argument's value: as it stands where it holds the same, null where nothing is left. */
function formatEntries(now: string | null, entries: readonly string[]): string | null {
  if (listEntries(now).join() === entries.join()) return now;
  return entries.length === 0 ? null : entries.join(",");
}
