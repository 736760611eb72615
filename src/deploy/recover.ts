import { ToolkitError } from "../base/errors.ts";
import { sameCodeLocation } from "./code-location.ts";
import { settleRecord } from "./ledger.ts";
import type { Lock } from "./lock.ts";
import type { Place } from "./place.ts";
import type { ReleaseRecord } from "./record.ts";
import type { Move } from "./repoint.ts";
import { allMoved, describeUndo, undoMoves } from "./undo.ts";

/**
 * Settles a release that was left pending: finished where every job had already moved, undone otherwise. To be
 * called by the holder of the lock, for a pending release whose lock is held is one in progress.
 * @returns a sentence that says what was found and done
 * @throws ToolkitError `recovery-failed` when a job can't be moved back
 */
export async function recover(place: Place, record: ReleaseRecord, lock: Lock): Promise<string> {
  const moves = movesOf(record);
  const whose = `Release ${record.id} (run ${record.provenance.runId}) was interrupted`;
  if (await allMoved(place, moves)) {
    await lock.assertHeld();
    await settleRecord(place, record, "applied", "finished by a later run");
    return `${whose} after all its jobs had moved; it is now marked as applied.`;
  }
  const result = await undoMoves(place, moves, lock);
  const undo = describeUndo(result);
  await lock.assertHeld();
  if (result.failed.length > 0) {
    await settleRecord(place, record, "pending", undo);
    throw new ToolkitError({
      code: "recovery-failed",
      message: `${whose} and can't be undone. ${undo}`,
      remedy: "Mend what keeps these jobs from being updated, then deploy again.",
      source: "aws",
    });
  }
  await settleRecord(place, record, "rolled-back", `undone by a later run. ${undo}`);
  return `${whose} and is undone. ${undo}`;
}

function movesOf(record: ReleaseRecord): readonly Move[] {
  return record.jobs
    .filter(({ before, after }) => !sameCodeLocation(before, after))
    .map(({ key, job, before, after }) => ({ key, job, from: before, to: after }));
}
