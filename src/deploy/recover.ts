import { isAccessDenied } from "../aws/errors.ts";
import { messageOf, ToolkitError } from "../base/errors.ts";
import { plural } from "../base/plural.ts";
import { settleRecord } from "./ledger.ts";
import type { Lock } from "./lock.ts";
import type { Place } from "./place.ts";
import type { ReleaseRecord } from "./record.ts";
import type { Move } from "./repoint.ts";
import { allMoved, describeUndo, undoMoves } from "./undo.ts";

/** What was done about a release that was left pending. */
export interface Recovered {
  readonly message: string;
  /** Names of the jobs that were moved back; undefined where the release was finished instead. */
  readonly restored: readonly string[] | undefined;
}

/**
 * Settles a release that was left pending: finished where every job had already moved, undone otherwise. To be
 * called by the holder of the lock, for a pending release whose lock is held is one in progress.
 * @returns a sentence that says what was found and done, and the jobs that were moved back where it was undone
 * @throws ToolkitError `recovery-failed` naming the release, when a job can't be read or moved back
 */
export async function recover(place: Place, record: ReleaseRecord, lock: Lock): Promise<Recovered> {
  const moves = record.jobs.map(
    ({ key, job, before, after }): Move => ({ key, job, from: before, to: after }),
  );
  const whose = `${nameRelease(record)} was interrupted`;
  if (await haveAllMoved(place, moves, whose)) {
    await lock.assertHeld();
    await settleRecord(place, record, "applied", "finished by a later run");
    return {
      message: `${whose} after all its jobs had moved; it is now marked as applied.`,
      restored: undefined,
    };
  }
  const result = await undoMoves(place, moves, lock);
  const undo = describeUndo(result);
  await lock.assertHeld();
  if (result.failed.length > 0) {
    await settleRecord(place, record, "pending", undo);
    throw unrecoverable(`${whose} and can't be undone. ${undo}`, undefined);
  }
  await settleRecord(place, record, "rolled-back", `undone by a later run. ${undo}`);
  return { message: `${whose} and is undone. ${undo}`, restored: result.restored };
}

/**
 * Whether a pending release is for a run to settle: its own manifest wrote it, or it is about a job of this run. One of
 * another manifest that shares the ledger is left to that one.
 */
export function isToSettle(
  record: ReleaseRecord,
  own: { readonly manifest: { readonly name: string }; readonly jobs: ReadonlySet<string> },
): boolean {
  return (
    record.manifest === null ||
    record.manifest.name === own.manifest.name ||
    record.jobs.some(({ job }) => own.jobs.has(job))
  );
}

/** What a run says of a pending release that it leaves alone. */
export function describeForeign(record: ReleaseRecord): string {
  const jobs = record.jobs.map(({ job }) => job);
  const named = jobs.slice(0, 5).join(", ") + (jobs.length > 5 ? ", …" : "");
  return `${nameRelease(record)} is pending. It changes ${plural(jobs.length, "job")} that this manifest doesn't have (${named}) and is left to the next deploy of its own manifest.`;
}

/** `Release ID of the manifest NAME (repository REPO, run ID)`. */
function nameRelease({ id, manifest, provenance }: ReleaseRecord): string {
  const of = manifest === null ? "" : ` of the manifest ${manifest.name}`;
  return `Release ${id}${of} (repository ${provenance.repository}, run ${provenance.runId})`;
}

async function haveAllMoved(place: Place, moves: readonly Move[], whose: string): Promise<boolean> {
  try {
    return await allMoved(place, moves);
  } catch (thrown) {
    if (!isAccessDenied(thrown)) throw thrown;
    throw unrecoverable(`${whose}, and its jobs can't be read: ${messageOf(thrown)}`, thrown);
  }
}

function unrecoverable(message: string, cause: unknown): ToolkitError {
  return new ToolkitError({
    code: "recovery-failed",
    message,
    remedy:
      "Let a run that may update these jobs settle the release: deploy the manifest that wrote it, or allow glue:GetJob and glue:UpdateJob on them, then deploy again.",
    source: "aws",
    cause,
  });
}
