import { listReleaseIds, readRelease } from "../../../src/deploy/ledger.ts";
import type { ReleaseRecord } from "../../../src/deploy/record.ts";
import { pendingSince, wrongJobs } from "../kill-points/inspect.ts";
import type { Lane } from "../kill-points/lane.ts";
import type { PassedRun } from "../run-through.ts";
import type { Locations } from "./deploy-round.ts";

/** What a run that leaves a release to the next one says. */
const leftToNext = /Could not be moved back|left to the next deploy|stays pending|is pending/;

/** Everything in which a run among faults broke a promise, in words; empty when it kept them all. */
export async function brokenByFaulty(
  lane: Lane,
  facts: {
    readonly run: PassedRun;
    /** Newest release before the run. */
    readonly before: string;
    readonly standing: Locations;
    readonly goal: Locations;
  },
): Promise<readonly string[]> {
  const { run, before, standing, goal } = facts;
  const records = await recordsSince(lane, before);
  const green = run.code === 0;
  const broken = green
    ? await wrongJobs(lane, allowed(goal))
    : await wrongJobs(lane, allowed(standing, goal));
  return [
    ...broken.map((problem) => `${green ? "green" : "red"}, but ${problem}`),
    ...wordsBroken(run),
    ...(green ? greenBroken(records) : await redBroken(lane, facts, records)),
  ];
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
  ];
}

function greenBroken(records: readonly ReleaseRecord[]): readonly string[] {
  return records
    .filter(({ status }) => status !== "applied")
    .map(({ id, status }) => `green, but release ${id} is ${status}`);
}

async function redBroken(
  lane: Lane,
  { run, standing }: { readonly run: PassedRun; readonly standing: Locations },
  records: readonly ReleaseRecord[],
): Promise<readonly string[]> {
  if (records.some(({ status }) => status === "applied")) return ["red, but its release is applied"];
  // a release that is pending although no job has moved is settled by the next run, whether this one knew of it or not
  const isPending = records.some(({ status }) => status === "pending");
  if (isPending && leftToNext.test(run.log)) return [];
  const moved = await wrongJobs(lane, allowed(standing));
  return moved.map(
    (problem) => `red and ${isPending ? "pending without a word of it" : "undone"}, but ${problem}`,
  );
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
