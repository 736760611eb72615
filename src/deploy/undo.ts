import { mustLookAgain } from "../aws/errors.ts";
import { withMissing } from "../aws/exact-json.ts";
import { readJob, readJobs, updateJob } from "../aws/jobs.ts";
import type { RawJob } from "../aws/raw-job.ts";
import { messageOf } from "../base/errors.ts";
import { mapLimited } from "../base/limit.ts";
import { plural } from "../base/plural.ts";
import { retry } from "../base/retry.ts";
import { type CodeLocation, codeLocationOf, jobChanges, sameCodeLocation } from "./code-location.ts";
import type { Lock } from "./lock.ts";
import type { Place } from "./place.ts";
import type { Move } from "./repoint.ts";
import { undoneLocation } from "./restore-location.ts";
import { compareUpdated, lostMembers } from "./verify.ts";

export interface UndoResult {
  /** Names of the jobs that were moved back. */
  readonly restored: readonly string[];
  /** Jobs that point neither where they did nor where the release put them: somebody else's, left alone. */
  readonly leftAlone: readonly string[];
  /** Jobs that still are where the release put them, with the reason. */
  readonly failed: readonly { readonly job: string; readonly why: string }[];
  /** What somebody else changed in jobs that were moved back, and what stays: `job (members)`. */
  readonly foreign: readonly string[];
}

type UndoPlace = Pick<Place, "clients" | "clock" | "progress">;
type Outcome = { readonly job: string; readonly foreign?: readonly string[] } & (
  | { readonly kind: "restored" | "untouched" | "left-alone" }
  | { readonly kind: "failed"; readonly why: string }
);

/** Jobs that BatchGetJobs reads in one call; they are written right after they were read. */
const batchSize = 25;
/** A cancelled run has ten seconds, so more is written at once than on the way there. */
const parallelBatches = 2;
const parallelWrites = 10;

/**
 * Moves back every job that stands where the moves lead to; never throws for a single job. Only what the moves changed
 * goes back, on the definition as it is then: what somebody else changed meanwhile stays. Not cancellable.
 * @param touched jobs that were updated a moment ago, or may have been: they are written back whatever they seem to be,
 *   for Glue doesn't promise that a read sees the write before it
 * @param originals definitions from before the moves, where they are known: what a job has lost since comes back
 */
export async function undoMoves(
  place: UndoPlace,
  moves: readonly Move[],
  lock: Pick<Lock, "assertHeld" | "assertFresh">,
  touched: ReadonlySet<string> = new Set(),
  originals: ReadonlyMap<string, RawJob> = new Map(),
): Promise<UndoResult> {
  const batches: (readonly Move[])[] = [];
  for (let start = 0; start < moves.length; start += batchSize)
    batches.push(moves.slice(start, start + batchSize));
  const outcomes = await mapLimited(batches, parallelBatches, async (batch) => {
    const live = await readBatch(place, batch);
    return mapLimited(batch, parallelWrites, (move) =>
      undoMove(place, move, lock, {
        seen: live?.get(move.job),
        original: originals.get(move.job),
        touched: touched.has(move.job),
      }).catch((thrown: unknown): Outcome => ({ job: move.job, kind: "failed", why: messageOf(thrown) })),
    );
  });
  return resultOf(outcomes.flat());
}

/** Undefined where the batch can't be read: then each job is read by itself. */
async function readBatch(
  place: UndoPlace,
  batch: readonly Move[],
): Promise<ReadonlyMap<string, RawJob | undefined> | undefined> {
  return readJobs(
    place.clients.glue,
    batch.map(({ job }) => job),
  ).catch(() => undefined);
}

function resultOf(outcomes: readonly Outcome[]): UndoResult {
  const named = (kind: Outcome["kind"]): string[] =>
    outcomes.filter((outcome) => outcome.kind === kind).map(({ job }) => job);
  return {
    restored: named("restored"),
    leftAlone: named("left-alone"),
    failed: outcomes.flatMap((outcome) =>
      outcome.kind === "failed" ? [{ job: outcome.job, why: outcome.why }] : [],
    ),
    foreign: outcomes.flatMap(({ job, foreign = [] }) =>
      foreign.length === 0 ? [] : [`${job} (${foreign.join(", ")})`],
    ),
  };
}

/** Whether every job stands where the moves lead to. */
export async function allMoved(place: UndoPlace, moves: readonly Move[]): Promise<boolean> {
  const live = await readJobs(
    place.clients.glue,
    moves.map(({ job }) => job),
  );
  return moves.every(({ job, to }) => {
    const definition = live.get(job);
    return definition !== undefined && sameCodeLocation(codeLocationOf(definition), to);
  });
}

/** What is known of a job that is to be moved back. */
interface Known {
  /** Its definition, where it was just read. */
  readonly seen: RawJob | undefined;
  readonly original: RawJob | undefined;
  readonly touched: boolean;
}

async function undoMove(
  place: UndoPlace,
  move: Move,
  lock: Pick<Lock, "assertHeld" | "assertFresh">,
  { seen, original, touched }: Known,
): Promise<Outcome> {
  let sent = false;
  return retry(
    async (attempt) => {
      const live = attempt === 1 && seen !== undefined ? seen : await readJob(place.clients.glue, move.job);
      if (live === undefined) return { job: move.job, kind: "left-alone" };
      const whole = original === undefined ? live : withMissing(live, original);
      const goal = undoneLocation(codeLocationOf(whole), { before: move.from, after: move.to });
      const kind = standing(live, whole, goal, move);
      if (kind === "untouched" && !touched) return { job: move.job, kind: sent ? "restored" : "untouched" };
      if (kind === "left-alone") return { job: move.job, kind };
      await lock.assertHeld();
      sent = true;
      const changes = jobChanges(codeLocationOf(whole), goal);
      await updateJob(place.clients.glue, move.job, whole, changes, lock.assertFresh);
      const foreign =
        original === undefined ? [] : compareUpdated(original, live, move.from, move.to).foreign;
      return { job: move.job, kind: "restored", foreign };
    },
    { clock: place.clock, retryable: mustLookAgain, attempts: 6 },
  );
}

/** @param whole the live definition with what it has lost since the move */
function standing(
  live: RawJob,
  whole: RawJob,
  goal: CodeLocation,
  { from }: Move,
): "untouched" | "to-restore" | "left-alone" {
  const location = codeLocationOf(whole);
  if (!sameCodeLocation(location, goal) || lostMembers(whole, live).length > 0) return "to-restore";
  return location.scriptLocation === from.scriptLocation ? "untouched" : "left-alone";
}

/** One sentence for people. */
export function describeUndo({ restored, leftAlone, failed, foreign }: UndoResult): string {
  const parts = [
    restored.length + failed.length === 0 ? "No job had to be moved back." : "",
    restored.length > 0 ? `Moved back ${plural(restored.length, "job")}: ${restored.join(", ")}.` : "",
    leftAlone.length > 0
      ? `Left alone, because somebody else changed or deleted them: ${leftAlone.join(", ")}.`
      : "",
    foreign.length > 0 ? `Kept what somebody else changed meanwhile: ${foreign.join("; ")}.` : "",
    failed.length > 0
      ? `Could not be moved back (the next deploy tries again): ${failed.map(({ job, why }) => `${job} (${why})`).join(", ")}.`
      : "",
  ];
  return parts.filter((part) => part !== "").join(" ");
}
