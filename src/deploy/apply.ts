import type { RawJob } from "../aws/raw-job.ts";
import { messageOf } from "../base/errors.ts";
import { mapLimited } from "../base/limit.ts";
import { plural } from "../base/plural.ts";
import type { Artifact } from "../scripts/artifact.ts";
import { releaseUri, settleRecord, writeRecord } from "./ledger.ts";
import type { Lock } from "./lock.ts";
import type { Place } from "./place.ts";
import type { JobPlan, Plan } from "./plan.ts";
import { readUpdated } from "./read-updated.ts";
import { pendingRecord, type ReleaseRecord, releaseTime } from "./record.ts";
import { type Move, repoint } from "./repoint.ts";
import { runWarnings } from "./runs-in-flight.ts";
import { describeUndo, undoMoves } from "./undo.ts";
import { uploadArtifacts } from "./upload.ts";
import { assertAsPlanned, updateWarning } from "./verify.ts";

/** How an attempt to apply a plan ended: `applied`, or not, with what was thrown and what was done about it. */
export interface Applied {
  readonly record: ReleaseRecord;
  readonly warnings: readonly string[];
  readonly failure?: { readonly thrown: unknown; readonly undo: string };
}

const parallelWrites = 16;

/**
 * Applies a plan: upload and verify everything, write the record as pending, repoint, read every job back, mark the
 * record applied. All jobs or none: after any failure, cancellation included, the jobs that moved are moved back.
 * @param newest id of the newest release so far
 * @param missing S3 URIs of scripts that were not there a moment ago
 * @throws ToolkitError only while nothing was repointed yet
 */
export async function applyPlan(
  place: Place,
  plan: Plan,
  artifacts: ReadonlyMap<string, Artifact>,
  lock: Lock,
  newest: string | undefined,
  missing: ReadonlySet<string> = new Set(),
): Promise<Applied> {
  const changed = plan.jobs.filter(({ action }) => action === "change");
  const needed = new Set(changed.flatMap((job) => job.artifacts));
  const uploads = [...needed].flatMap((key) => artifacts.get(key) ?? []);
  await uploadArtifacts(place, uploads, plan.provenance, missing);
  const record = pendingRecord(plan, releaseTime(place.clock.now(), newest));
  place.signal?.throwIfAborted();
  await lock.assertHeld();
  await writeRecord(place, record);
  return moveAll(place, record, changed.flatMap(moveOf), lock);
}

interface PlannedMove extends Move {
  readonly plan: JobPlan;
}

function moveOf(plan: JobPlan): readonly PlannedMove[] {
  const { key, job, current, next, fields } = plan;
  if (current === null || next === null || fields.length === 0) return [];
  return [{ key, job, from: current, to: next, plan }];
}

async function moveAll(
  place: Place,
  record: ReleaseRecord,
  moves: readonly PlannedMove[],
  lock: Lock,
): Promise<Applied> {
  const before = new Map<string, RawJob>();
  const touched = new Set<string>();
  const running: string[] = [];
  try {
    let done = 0;
    await mapLimited(moves, parallelWrites, async (move) => {
      place.signal?.throwIfAborted();
      for (const warning of await runWarnings(place, move.plan)) running.push(`${move.job}: ${warning}`);
      await lock.assertHeld();
      before.set(move.job, await repoint(place, move, move.plan.lastModifiedOn, lock, touched));
      done += 1;
      place.progress({
        code: "deploy.repointed",
        level: "info",
        data: { done, total: moves.length },
        message: `${move.job} now runs ${move.to.scriptLocation}`,
      });
    });
    const warnings = await verifyAll(place, moves, before);
    place.signal?.throwIfAborted();
    await lock.assertHeld();
    return { record: await settleRecord(place, record, "applied"), warnings: [...running, ...warnings] };
  } catch (thrown) {
    return moveBack(place, record, moves, { touched, before }, lock, thrown);
  }
}

/** Reads every moved job back. @throws ToolkitError for the first that is not as planned */
async function verifyAll(
  place: Place,
  moves: readonly PlannedMove[],
  before: ReadonlyMap<string, RawJob>,
): Promise<readonly string[]> {
  const after = await readUpdated(place, before);
  const errors: unknown[] = [];
  const warnings: string[] = [];
  for (const move of moves) {
    const [was, is] = [before.get(move.job) ?? {}, after.get(move.job)];
    try {
      const foreign = assertAsPlanned(move.job, was, is, move.from, move.to);
      if (foreign.length > 0) warnings.push(foreignEdit(move.job, foreign));
    } catch (thrown) {
      errors.push(thrown);
    }
    const warning = is && updateWarning(move.job, was, is);
    if (warning !== undefined) warnings.push(warning);
  }
  if (errors.length > 0) throw errors[0];
  place.progress({
    code: "deploy.verified",
    level: "info",
    message: `Read back ${plural(moves.length, "job")}: nothing but the code location changed`,
  });
  return warnings;
}

function foreignEdit(job: string, members: readonly string[]): string {
  return `${job}: somebody else changed ${members.join(", ")} while it was deployed; that stays as it is now`;
}

async function moveBack(
  place: Place,
  record: ReleaseRecord,
  moves: readonly Move[],
  known: { readonly touched: ReadonlySet<string>; readonly before: ReadonlyMap<string, RawJob> },
  lock: Lock,
  thrown: unknown,
): Promise<Applied> {
  place.progress({
    code: "deploy.moving-back",
    level: "warning",
    message: `The release failed and is undone: ${messageOf(thrown)}`,
  });
  try {
    await lock.assertHeld();
  } catch (lost) {
    const undo = `The release is left to the next deploy, which settles it: ${messageOf(lost)}.`;
    return { record, warnings: [], failure: { thrown, undo } };
  }
  const result = await undoMoves(place, moves, lock, known.touched, known.before);
  const undo = describeUndo(result);
  const status = result.failed.length === 0 ? "rolled-back" : "pending";
  const settled = await settleFailed(place, record, status, `${messageOf(thrown)} ${undo}`, lock);
  return { record: settled, warnings: [], failure: { thrown, undo } };
}

async function settleFailed(
  place: Place,
  record: ReleaseRecord,
  status: "rolled-back" | "pending",
  note: string,
  lock: Lock,
): Promise<ReleaseRecord> {
  try {
    await lock.assertHeld();
    // an attempt to mark it as applied may have worked although its answer got lost
    return await settleRecord(place, record, status, note, ["pending", "applied"]);
  } catch (unsettled) {
    place.progress({
      code: "deploy.record-not-settled",
      level: "warning",
      message: `${releaseUri(place, record.id)} stays pending (${messageOf(unsettled)}): the next deploy settles it`,
    });
    return record;
  }
}
