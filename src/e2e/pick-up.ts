import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { jobFacts } from "../aws/job-facts.ts";
import { readJobs } from "../aws/jobs.ts";
import { sha256 } from "../aws/objects.ts";
import { inspectPath } from "../scripts/safe-path.ts";
import type { Intent } from "./check.ts";
import { type E2eResult, momentOf, type RunInfo, type StepResult } from "./result.ts";
import type { RunBase } from "./run-base.ts";
import { type RememberedStep, type RunState, readState } from "./run-state.ts";

export interface PickedUp {
  readonly state: RunState;
  /** The earlier attempt that is gone on with; undefined when everything is done anew. */
  readonly from: E2eResult["pickedUpFrom"];
}

/** A state in which nothing has been done yet. */
export function freshState(context: RunBase, intent: Intent, info: RunInfo): RunState {
  return {
    version: 1,
    runId: info.runId,
    attempt: info.attempt ?? 1,
    startedAt: momentOf(context.startedAt),
    fingerprint: fingerprint(context, intent),
    steps: {},
  };
}

/**
 * What an earlier attempt of the workflow run left to go on with. Everything is done anew when it left nothing, when it
 * passed, and when something has changed since that its results came from.
 * @throws ToolkitError for AWS errors
 */
export async function pickUp(context: RunBase, intent: Intent, info: RunInfo): Promise<PickedUp> {
  const fresh = freshState(context, intent, info);
  if (fresh.attempt === 1) return { state: fresh, from: undefined };
  const earlier = await readState(context, info.runId);
  if (earlier === undefined || earlier.attempt >= fresh.attempt) return { state: fresh, from: undefined };
  const why = await whyAnew(context, earlier, fresh);
  if (why !== undefined) {
    const message = `attempt ${earlier.attempt} is not picked up: ${why}`;
    context.progress({ code: "e2e.not-picked-up", level: "notice", message });
    return { state: fresh, from: undefined };
  }
  const { result: _, ...rest } = earlier;
  const state = { ...rest, attempt: fresh.attempt, steps: stepsToGoOnWith(earlier) };
  const { attempt, startedAt } = earlier;
  const message = `going on where attempt ${attempt} ended`;
  context.progress({ code: "e2e.picked-up", level: "info", message });
  return { state, from: { attempt, startedAt } };
}

/** What passed, and what may still be under way; of what failed only how often it was tried. */
function stepsToGoOnWith({ steps }: RunState): Record<string, RememberedStep> {
  return Object.fromEntries(
    Object.entries(steps).map(([key, step]) => {
      const { startedAt, tries, note, result } = step;
      if (result?.state === "passed") return [key, step];
      const known = { startedAt, tries };
      return [key, note === undefined || result?.state === "failed" ? known : { ...known, note }];
    }),
  );
}

async function whyAnew(context: RunBase, earlier: RunState, fresh: RunState): Promise<string | undefined> {
  if (earlier.result === "passed") return "it passed";
  if (earlier.fingerprint !== fresh.fingerprint) return "the manifest or the selection of steps has changed";
  const passed = Object.values(earlier.steps).flatMap(({ result }) =>
    result?.state === "passed" ? [result] : [],
  );
  const input = await changedInput(context, passed);
  if (input !== undefined) return `${input} has changed`;
  const job = await repointedJob(context, passed);
  return job === undefined ? undefined : `job ${job} points at another script now`;
}

async function changedInput(context: RunBase, passed: readonly StepResult[]): Promise<string | undefined> {
  for (const result of passed) {
    if (result.kind !== "upload" || result.details === undefined) continue;
    const { file, sha256: uploaded } = result.details;
    const verdict = await inspectPath(context.workspace, file);
    if (verdict.kind !== "file" || sha256(await readFile(verdict.absolute)) !== uploaded) return file;
  }
  return undefined;
}

async function repointedJob(context: RunBase, passed: readonly StepResult[]): Promise<string | undefined> {
  const ran = passed.flatMap((result) => (result.kind === "run" ? [result] : []));
  const names = [...new Set(ran.flatMap(({ details }) => details?.job ?? []))];
  const live = await readJobs(context.clients.glue, names, context.signal);
  const changed = ran.find(({ key, details }) => {
    const definition = live.get(details?.job ?? "");
    const step = context.e2e.steps.find((each) => each.key === key);
    const given = step?.kind === "run" ? step.arguments : {};
    const location = definition && jobFacts(definition, given).scriptLocation;
    return location !== details?.script?.location;
  });
  return changed?.details?.job;
}

/** Tells runs of the same steps of the same manifest from all others; where they stand in the file is no part of it. */
function fingerprint(context: RunBase, intent: Intent): string {
  const jobs = [...context.jobs.values()].map(({ key, job }) => [key, job]);
  const { skipClean, selected } = intent;
  const text = JSON.stringify([context.e2e, jobs, [...selected].sort(), skipClean], (name, value: unknown) =>
    name === "line" ? undefined : value,
  );
  return createHash("sha256").update(text).digest("hex");
}
