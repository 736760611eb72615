import { mustLookAgain } from "../aws/errors.ts";
import { awsFacts } from "../aws/facts.ts";
import { readJob, updateJob } from "../aws/jobs.ts";
import { lastModified, type RawJob } from "../aws/raw-job.ts";
import { ToolkitError } from "../base/errors.ts";
import { type CodeLocation, codeLocationOf, jobChanges, sameCodeLocation } from "./code-location.ts";
import type { Lock } from "./lock.ts";
import type { Place } from "./place.ts";
import { unexpectedDifferences } from "./verify.ts";

/** One job's way from where it points to where it should. */
export interface Move {
  readonly key: string;
  readonly job: string;
  readonly from: CodeLocation;
  readonly to: CodeLocation;
}

type MovePlace = Pick<Place, "clients" | "clock" | "progress" | "signal">;

const attempts = 5;
const firstPauseMilliseconds = 250;

/**
 * Points one job elsewhere, provided that LastModifiedOn still is the plan's. After an answer that leaves the
 * outcome open (ConcurrentModification, OperationTimeout, throttling, 5xx) the job is read before anything is sent
 * again. Cancelled between requests, never within one: the outcome of what was sent must be known.
 * @param touched gets the job's name unless it is certain that no update had an effect
 * @returns the definition as it was right before
 * @throws ToolkitError `job-changed-meanwhile`, `job-missing`, what the lock says, and AWS errors
 */
export async function repoint(
  place: MovePlace,
  move: Move,
  plannedLastModified: string,
  lock: Pick<Lock, "assertFresh">,
  touched: Set<string>,
): Promise<RawJob> {
  const mayStillSend = (): void => {
    place.signal?.throwIfAborted();
    lock.assertFresh();
    touched.add(move.job);
  };
  const before = await mustRead(place, move);
  if (lastModified(before) !== plannedLastModified) throw changedMeanwhile(move);
  let live = before;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await updateJob(place.clients.glue, move.job, live, jobChanges(move.from, move.to), mayStillSend);
      return before;
    } catch (thrown) {
      if (attempt === 1 && isRefusal(thrown)) touched.delete(move.job);
      if (attempt === attempts || !mustLookAgain(thrown)) throw thrown;
      await place.clock.sleep(firstPauseMilliseconds * 2 ** (attempt - 1), place.signal);
      live = await mustRead(place, move);
    }
    if (sameCodeLocation(codeLocationOf(live), move.to)) return before;
    if (unexpectedDifferences(before, live, move.from, move.from).length > 0) throw changedMeanwhile(move);
  }
}

/** Whether the only request that was sent was answered with a no. */
function isRefusal(thrown: unknown): boolean {
  return !mustLookAgain(thrown) && (awsFacts(thrown).attempts ?? 1) === 1;
}

async function mustRead(place: MovePlace, move: Move): Promise<RawJob> {
  const live = await readJob(place.clients.glue, move.job);
  if (live !== undefined) return live;
  throw new ToolkitError({
    code: "job-missing",
    message: `The Glue job ${move.job} was deleted during the deploy`,
    remedy: "Find out who deleted it; make it again where your other infrastructure is made.",
    source: "user",
  });
}

function changedMeanwhile(move: Move): ToolkitError {
  return new ToolkitError({
    code: "job-changed-meanwhile",
    message: `Somebody else updated the Glue job ${move.job} after the plan was made`,
    remedy: "Look at the change (CloudTrail names its author), then deploy again: a new plan starts from it.",
    source: "user",
  });
}
