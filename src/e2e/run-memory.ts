import { putDocument } from "../aws/put-document.ts";
import { within } from "../base/deadline.ts";
import { messageOf } from "../base/errors.ts";
import { aftermath } from "./aftermath.ts";
import { type CleanResult, momentOf, type StepResult } from "./result.ts";
import type { RunBase } from "./run-base.ts";
import { type RememberedStep, type RunState, type StepNote, stateKey } from "./run-state.ts";

/** The run's state as it goes on, and its way into S3. */
export interface RunMemory {
  /** When the work that is in use began: in this attempt, or in the one that was picked up. */
  readonly startedAt: number;
  readonly cleaned: CleanResult | undefined;
  /** What an earlier attempt left of a step. */
  of(key: string): RememberedStep | undefined;
  /** Notes that a step begins; `tries` counts this time too. */
  begin(key: string, at: number): RememberedStep;
  /** Resolves when the note is in S3: only then may be done what it is about. @throws ToolkitError */
  note(key: string, note: StepNote): Promise<void>;
  /** Notes what is no condition of going on; a failure shows at the end. */
  noteLater(key: string, note: StepNote): void;
  finish(key: string, result: StepResult): void;
  clean(result: CleanResult): Promise<void>;
  /** Writes all there is; a state that can't be kept costs the next attempt its head start, not this one its result. */
  end(result: string): Promise<void>;
}

/** Keeps a state in S3: each write holds all changes so far, and at most one is under way. */
export function openMemory(context: RunBase, state: RunState): RunMemory {
  const limit = { what: "writing the run's state", milliseconds: aftermath };
  const save = coalesced(() =>
    within(context.clock, limit, (signal) =>
      putDocument(context.clients.s3, context.folder.bucket, stateKey(context, state.runId), state, signal),
    ),
  );
  const later = (): void => void save().catch(() => undefined);
  const stepOf = (key: string): RememberedStep => {
    const step = state.steps[key];
    if (step === undefined) throw new RangeError(`step ${key} has not begun`);
    return step;
  };
  return {
    startedAt: Date.parse(state.startedAt),
    cleaned: state.clean,
    of: (key) => state.steps[key],
    begin: (key, at) => {
      const step = { startedAt: momentOf(at), tries: (state.steps[key]?.tries ?? 0) + 1 };
      state.steps[key] = step;
      return step;
    },
    note: async (key, note) => {
      stepOf(key).note = note;
      await save();
    },
    noteLater: (key, note) => {
      stepOf(key).note = note;
      later();
    },
    finish: (key, result) => {
      stepOf(key).result = result;
      later();
    },
    clean: async (result) => {
      state.clean = result;
      await save();
    },
    end: async (result) => {
      state.result = result;
      await save().catch((thrown: unknown) => {
        context.progress({
          code: "e2e.state-not-kept",
          level: "warning",
          message: `the state of this run could not be kept, so a re-run starts from the beginning: ${messageOf(thrown)}`,
        });
      });
    },
  };
}

/** Calls `write` so that each caller's changes are in a call that began after them, with as few calls as possible. */
function coalesced(write: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const begin = (): Promise<void> => {
    running = write().finally(() => {
      running = undefined;
    });
    return running;
  };
  return () => {
    // `next` first: between the end of one write and the beginning of the next there must be no third one.
    if (next !== undefined) return next;
    if (running === undefined) return begin();
    next = running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return begin();
      });
    return next;
  };
}
