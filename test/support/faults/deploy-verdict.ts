import { listReleaseIds, readRelease } from "../../../src/deploy/ledger.ts";
import type { ReleaseRecord } from "../../../src/deploy/record.ts";
import { pendingSince, wrongJobs } from "../kill-points/inspect.ts";
import type { Lane } from "../kill-points/lane.ts";
import type { PassedRun } from "../run-through.ts";

/** Where each job points. */
export type Locations = ReadonlyMap<string, string>;

/** What a run that leaves a release to the next one says. */
const leftToNext = /Could not be moved back|left to the next deploy|stays pending|is pending/;

/** The note of a release that its run left pending with all its jobs moved. */
const finishedByOther = "finished by a later run";

/** A run among faults, by the id that its records have. */
export interface FaultyDeploy extends PassedRun {
  readonly runId: string;
}

/** Everything in which runs among faults, one or several at a time, broke a promise, in words; empty when they kept all. */
export async function brokenByFaulty(
  lane: Lane,
  facts: {
    readonly runs: readonly FaultyDeploy[];
    /** Newest release before the runs. */
    readonly before: string;
    readonly standing: Locations;
    readonly goal: Locations;
  },
): Promise<readonly string[]> {
  const { runs, before, standing, goal } = facts;
  const records = await recordsSince(lane, before);
  const green = runs.some(({ code }) => code === 0);
  const isSettled = records.every(({ status }) => status !== "pending");
  const leaves = isSettled || !runs.some(({ log }) => leftToNext.test(log)) ? [standing] : [standing, goal];
  const wrong = await wrongJobs(lane, allowed(...(green ? [goal] : leaves)));
  return [
    ...wrong.map((problem) => `${green ? "green" : "red"}, but ${problem}`),
    ...runs.flatMap(wordsBroken),
    ...runs.flatMap((run) => recordsBroken(run, records)),
  ];
}

/** What a run says of its end and what its records say agree. */
function recordsBroken({ code, runId }: FaultyDeploy, records: readonly ReleaseRecord[]): readonly string[] {
  const own = records.filter(({ provenance }) => provenance.runId === runId);
  return own
    .filter(({ status, note }) => (status === "applied" && note !== finishedByOther) !== (code === 0))
    .map(({ id, status }) => `exit ${code}, but release ${id} is ${status}`);
}

/** The same for the run after it, which nobody disturbs: it settles everything. */
export async function brokenByNext(
  lane: Lane,
  facts: { readonly run: PassedRun; readonly before: string; readonly goal: Locations },
): Promise<readonly string[]> {
  const { run, before, goal } = facts;
  const wrong = await wrongJobs(lane, allowed(goal));
  const pending = await pendingSince(lane, before);
  return [
    ...(run.code === 0 ? [] : [`the next run ended ${run.code}`]),
    ...wrong.map((problem) => `after the next run ${problem}`),
    ...pending.map((id) => `after the next run ${id} is pending`),
  ];
}

/** One clear error for a failure, none for a success, and never a defect. */
function wordsBroken({ code, log }: PassedRun): readonly string[] {
  const errors = log.match(/^::error/gm)?.length ?? 0;
  return [
    ...(code === 0 || code === 1 ? [] : [`it ended with ${code}`]),
    ...(errors === (code === 0 ? 0 : 1) ? [] : [`exit ${code} with ${errors} errors`]),
    ...(/internal-error|defect of the toolkit|\n {4}at /.test(log) ? ["it called its failure a defect"] : []),
    ...(/Deserialization error|\$response/.test(log) ? ["it shows the SDK's own hints"] : []),
    ...(/^::error.*\b(Error|UnknownError) \(/m.test(log) ? ["its error names no cause"] : []),
  ];
}

async function recordsSince(lane: Lane, before: string): Promise<readonly ReleaseRecord[]> {
  const ids = (await listReleaseIds(lane.place)).filter((id) => id > before);
  const stored = await Promise.all(ids.map((id) => readRelease(lane.place, id)));
  return stored.flatMap((each) => (each === undefined ? [] : [each.record]));
}

function allowed(...versions: readonly Locations[]): ReadonlyMap<string, ReadonlySet<string>> {
  const names = versions.flatMap((version) => [...version.keys()]);
  return new Map(
    names.map((name) => [name, new Set(versions.flatMap((version) => version.get(name) ?? []))]),
  );
}
