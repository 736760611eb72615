import type { JobRecord } from "../jobs/job-record.ts";
import type { AccountState } from "../state/account.ts";
import type { World } from "../world.ts";
import { bookmarkOption, resolveArguments } from "./job-arguments.ts";
import type { JobRunner, JobRunOutcome } from "./job-runner.ts";
import { beginBookmark, commitBookmark } from "./keep-bookmark.ts";
import { type FinalState, freshRun, isFinal, type RunRecord } from "./run-record.ts";

/** Takes runs from STARTING or WAITING to their final state: slots, timeouts, stops, retries, bookmarks. */
export interface JobRunEngine {
  hasFreeSlot(account: AccountState, job: JobRecord): boolean;
  /** Registers a run and launches it unless it is WAITING. */
  add(account: AccountState, run: RunRecord): void;
  /** A run that is over is left alone. */
  stop(account: AccountState, run: RunRecord, endAs: "STOPPED" | "TIMEOUT"): void;
  /** Stops all runs and waits until their processes are gone. */
  close(): Promise<void>;
}

interface Engine {
  readonly world: World;
  readonly runner: JobRunner;
  readonly active: Map<RunRecord, Promise<void>>;
  readonly timers: Set<NodeJS.Timeout>;
  /** Ends a run's wait for its Timeout. */
  readonly deadlines: Map<RunRecord, () => void>;
  closed: boolean;
}

export function createRunEngine(world: World, runner: JobRunner): JobRunEngine {
  const engine: Engine = {
    world,
    runner,
    active: new Map(),
    timers: new Set(),
    deadlines: new Map(),
    closed: false,
  };
  return {
    hasFreeSlot: freeSlot,
    add: (account, run) => add(engine, account, run),
    stop: (account, run, endAs) => stop(engine, account, run, endAs),
    close: () => close(engine),
  };
}

function freeSlot(account: AccountState, job: JobRecord): boolean {
  const taken = (account.runs.get(job.name) ?? []).filter((run) => run.holdsSlot).length;
  return taken < (job.definition.ExecutionProperty?.MaxConcurrentRuns ?? 1);
}

function add(engine: Engine, account: AccountState, run: RunRecord): void {
  const runs = account.runs.get(run.jobName) ?? [];
  account.runs.set(run.jobName, [run, ...runs]);
  if (run.state === "STARTING") launch(engine, account, run);
}

function launch(engine: Engine, account: AccountState, run: RunRecord): void {
  run.holdsSlot = true;
  const driven = drive(engine, account, run).finally(() => engine.active.delete(run));
  engine.active.set(run, driven);
}

async function drive(engine: Engine, account: AccountState, run: RunRecord): Promise<void> {
  const { scriptLocation, arguments: merged } = resolveArguments(run.definition, run.arguments);
  const command = run.definition.Command?.Name ?? "";
  const option = command === "pythonshell" ? "disable" : bookmarkOption(merged);
  const { version, state } = beginBookmark(account, run.jobName);
  run.bookmarkVersion = version;
  run.process = engine.runner.start(
    {
      runId: run.id,
      jobName: run.jobName,
      caller: run.caller,
      command,
      glueVersion: run.definition.GlueVersion,
      scriptLocation,
      arguments: merged,
      bookmark: { enabled: option !== "disable", pause: option === "pause", state },
    },
    () => markRunning(engine, account, run),
  );
  const outcome = await run.process.outcome.catch(crashed);
  finish(engine, account, run, option === "enable" ? commitBookmark(account, run, outcome) : outcome);
}

/** A runner that breaks its promise ends the run, not the sandbox. */
function crashed(error: unknown): JobRunOutcome {
  return { state: "ERROR", errorMessage: error instanceof Error ? error.message : String(error) };
}

function markRunning(engine: Engine, account: AccountState, run: RunRecord): void {
  if (run.state !== "STARTING") return;
  setState(engine, run, "RUNNING");
  run.runningAt = run.modifiedAt;
  const minutes = run.definition.Timeout ?? 0;
  if (minutes === 0) return;
  // Node's timers hold at most 2^31-1 ms; the longest Timeout (7 days) is below that.
  const expire = () => stop(engine, account, run, "TIMEOUT");
  engine.deadlines.set(run, after(engine, minutes * engine.world.timing.minuteMs, expire));
}

function stop(engine: Engine, account: AccountState, run: RunRecord, endAs: "STOPPED" | "TIMEOUT"): void {
  if (isFinal(run.state) || run.endAs) return;
  run.endAs = endAs;
  if (run.state === "WAITING") {
    finish(engine, account, run, { state: "STOPPED" });
    return;
  }
  if (endAs === "STOPPED") setState(engine, run, "STOPPING");
  run.process?.stop();
}

function finish(engine: Engine, account: AccountState, run: RunRecord, outcome: JobRunOutcome): void {
  engine.deadlines.get(run)?.();
  engine.deadlines.delete(run);
  const state: FinalState = run.endAs ?? outcome.state;
  setState(engine, run, state);
  run.completedAt = run.modifiedAt;
  run.errorMessage = run.endAs ? undefined : outcome.errorMessage;
  run.stateDetail = undefined;
  const retries = run.definition.MaxRetries ?? 0;
  if (state === "FAILED" && run.attempt < retries && !engine.closed) {
    after(engine, engine.world.timing.retryDelayMs, () => retry(engine, account, run));
  } else if (run.holdsSlot) {
    after(engine, engine.world.timing.slotReleaseMs, () => release(engine, account, run));
  }
}

/** An automatic retry is a new run `<first id>_attempt_N` and goes on in the failed one's slot. */
function retry(engine: Engine, account: AccountState, failed: RunRecord): void {
  failed.holdsSlot = false;
  if (!account.jobs.has(failed.jobName)) return;
  const attempt = failed.attempt + 1;
  const now = engine.world.clock.stamp();
  add(engine, account, {
    ...failed,
    ...freshRun(),
    id: `${failed.id.replace(/_attempt_\d+$/, "")}_attempt_${attempt}`,
    attempt,
    previousRunId: failed.id,
    state: "STARTING",
    startedAt: now,
    modifiedAt: now,
  });
}

function release(engine: Engine, account: AccountState, run: RunRecord): void {
  run.holdsSlot = false;
  const job = account.jobs.get(run.jobName);
  const waiting = account.runs.get(run.jobName)?.findLast((other) => other.state === "WAITING");
  if (!(job && waiting && freeSlot(account, job))) return;
  setState(engine, waiting, "STARTING");
  waiting.stateDetail = undefined;
  launch(engine, account, waiting);
}

function setState(engine: Engine, run: RunRecord, state: RunRecord["state"]): void {
  run.state = state;
  run.modifiedAt = engine.world.clock.stamp();
}

/** Gives what calls it off. */
function after(engine: Engine, milliseconds: number, action: () => void): () => void {
  if (engine.closed) return () => undefined;
  const timer = setTimeout(() => {
    engine.timers.delete(timer);
    action();
  }, milliseconds);
  engine.timers.add(timer);
  return () => {
    clearTimeout(timer);
    engine.timers.delete(timer);
  };
}

async function close(engine: Engine): Promise<void> {
  engine.closed = true;
  for (const timer of engine.timers) clearTimeout(timer);
  for (const run of engine.active.keys()) {
    run.endAs ??= "STOPPED";
    run.process?.stop();
  }
  await Promise.all(engine.active.values());
}
