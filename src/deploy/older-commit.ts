import { ToolkitError } from "../base/errors.ts";
import { historyOf } from "./ledger-history.ts";
import type { Place } from "./place.ts";
import type { Plan } from "./plan.ts";

/** Whether a commit is older than another one: an ancestor of it; undefined where nobody knows. */
export type IsOlderCommit = (commit: string, than: string) => Promise<boolean | undefined>;

/** A job whose live code was deployed from a newer commit than the plan's. */
export interface OlderCommit {
  readonly job: string;
  readonly release: string;
  /** The commit that is live. */
  readonly newer: string;
}

/**
 * The jobs that the plan would take back to an older commit, as far as the newest releases and the history of commits
 * tell. A job that was rolled back counts with the commit that it was rolled back to.
 * @param recent ids of the newest releases, newest first
 * @throws ToolkitError `release-record-invalid` and AWS errors
 */
export async function olderCommits(
  place: Place,
  plan: Plan,
  recent: readonly string[],
  isOlder: IsOlderCommit,
): Promise<readonly OlderCommit[]> {
  const changing = plan.jobs.filter(({ fields }) => fields.length > 0);
  if (changing.length === 0) return [];
  const isKnown = (changes: ReadonlyMap<string, unknown>): boolean =>
    changing.every(({ job }) => changes.has(job));
  const { changes } = await historyOf(
    place,
    changing,
    (history) => (isKnown(history.changes) ? "stop" : "go on"),
    { ids: recent },
  );
  const live = [...changes].flatMap(([job, [change]]) =>
    change?.commit === undefined ? [] : [{ job, release: change.release, newer: change.commit }],
  );
  const verdicts = new Map<string, boolean | undefined>();
  for (const { newer } of live) {
    if (!verdicts.has(newer)) verdicts.set(newer, await isOlder(plan.provenance.commit, newer));
  }
  return live.filter(({ newer }) => verdicts.get(newer) === true);
}

/** One sentence for people. */
export function describeOlder([first, ...others]: readonly OlderCommit[], commit: string): string {
  if (first === undefined) return "";
  const more = others.length === 0 ? "" : `, as do ${others.length} more`;
  return `the commit ${commit.slice(0, 12)} is older than what is live: ${first.job} runs ${first.newer.slice(0, 12)}, which release ${first.release} deployed${more}`;
}

export function olderCommitError(older: readonly OlderCommit[], commit: string): ToolkitError {
  return new ToolkitError({
    code: "older-commit",
    message: `Not deployed: ${describeOlder(older, commit)}`,
    remedy:
      "Deploy the newest commit. To go back on purpose use mode: rollback, or set on-older-commit: warn.",
    source: "user",
  });
}
