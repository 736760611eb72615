import { isAccessDenied, isNotFound } from "../../aws/errors.ts";
import { newestRuns, runStates, splitRunId } from "../../aws/runs.ts";
import { mapLimited } from "../../base/limit.ts";
import { knownProblem } from "../causes.ts";
import { at, type Check, type Intent, selectedSteps } from "../check.ts";
import type { RunContext } from "../context.ts";
import type { Problem } from "../result.ts";

const parallel = 8;

/**
 * Runs of the jobs that somebody else has under way. They read and write what this run is about to clean, and a bookmark
 * that is reset below a run is set again when that commits; with nothing to clean they are no more than a warning.
 */
export const checkActiveRuns: Check = async (context, intent) => {
  const cleans = !intent.skipClean && context.memory.cleaned === undefined;
  const reset = cleans ? context.e2e.bookmarks : [];
  const uses = [
    ...reset.map((job) => ({ job, severity: "error" as const, place: {} })),
    ...selectedSteps(context, intent, "run").map(({ job, key, line }) => ({
      job,
      severity: cleans && context.e2e.clean.length > 0 ? ("error" as const) : ("warning" as const),
      place: { step: key, ...at(context, line) },
    })),
  ];
  const firstUses = [...Map.groupBy(uses, ({ job }) => job).values()].flatMap(([first]) => first ?? []);
  const found = await mapLimited(
    firstUses,
    parallel,
    async ({ job, severity, place }): Promise<Problem[]> => {
      const name = context.jobs.get(job)?.job;
      const active = name === undefined ? undefined : await activeRun(context, intent, name);
      if (name === undefined || active === undefined) return [];
      if (active === "denied") {
        // Without it no run can be followed, so that it is found here, before anything is deleted.
        const facts = { action: "glue:GetJobRuns", resource: `job ${name}` };
        const isRun = "step" in place;
        return [knownProblem("not-allowed", facts, { ...place, severity: isRun ? "error" : "warning" })];
      }
      return [knownProblem("job-active", { job: name, ...active }, { severity, ...place })];
    },
  );
  return found.flat();
};

async function activeRun(
  context: RunContext,
  intent: Intent,
  job: string,
): Promise<{ readonly run: string; readonly state: string } | "denied" | undefined> {
  try {
    const runs = await newestRuns(context.clients.glue, job, context);
    const ours = ownRuns(context, intent, job);
    const other = runs.find(
      ({ id, state }) => runStates[state]?.outcome === "pending" && !ours.has(splitRunId(id).root),
    );
    return other === undefined ? undefined : { run: other.id, state: other.state };
  } catch (thrown) {
    if (isAccessDenied(thrown)) return "denied";
    // A job that isn't there is the finding of another check.
    if (isNotFound(thrown) || context.signal.aborted) return undefined;
    throw thrown;
  }
}

/** Runs that an earlier attempt of this workflow run started; one whose id it did not note is not told apart. */
function ownRuns(context: RunContext, intent: Intent, job: string): ReadonlySet<string> {
  const notes = selectedSteps(context, intent, "run")
    .filter((step) => context.jobs.get(step.job)?.job === job)
    .flatMap(({ key }) => context.memory.of(key)?.note ?? []);
  return new Set(notes.flatMap((note) => (note.kind === "run" && note.runId ? [note.runId] : [])));
}
