import {
  type CodeLocation,
  codeLocation,
  libraryValue,
  listEntries,
  sameCodeLocation,
} from "./code-location.ts";

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
      return formatEntries(now, ordered(undo(listEntries(now), was, is), listEntries(was)));
    },
  );
}

/**
 * The code location of a job that goes back to `target`: its script, and of each library list the entries that are
 * ours. Entries of somebody else's stay as they are now; those that a release in between removed come back.
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
    const result = ordered([...kept, ...missing], goal);
    return result.join() === goal.join() ? wanted : formatEntries(now, result);
  });
}

/**
 * Takes out what a release put into a list, and puts in, in its place, what the release took out. A list in which nothing
 * of what the release put in is left is somebody else's by now.
 */
function undo(entries: readonly string[], was: string | null, is: string | null): readonly string[] {
  const [before, after] = [listEntries(was), listEntries(is)];
  const added = after.filter((entry) => !before.includes(entry));
  const removed = before.filter((entry) => !after.includes(entry) && !entries.includes(entry));
  const first = entries.findIndex((entry) => added.includes(entry));
  if (first === -1) return added.length === 0 ? [...entries, ...removed] : entries;
  return entries.flatMap((entry, index) => {
    if (index === first) return removed;
    return added.includes(entry) ? [] : [entry];
  });
}

/** The entries in the order of the goal; one that the goal lacks keeps its place behind the entry before it. */
function ordered(entries: readonly string[], goal: readonly string[]): readonly string[] {
  const result = goal.filter((entry) => entries.includes(entry));
  entries.forEach((entry, index) => {
    if (goal.includes(entry)) return;
    const predecessor = entries[index - 1];
    result.splice(predecessor === undefined ? 0 : result.indexOf(predecessor) + 1, 0, entry);
  });
  return result;
}

/** A list as the argument's value: as it stands where it holds the same, null where nothing is left. */
function formatEntries(now: string | null, entries: readonly string[]): string | null {
  if (listEntries(now).join() === entries.join()) return now;
  return entries.length === 0 ? null : entries.join(",");
}
