import { jobFacts } from "../../aws/job-facts.ts";
import { readJobs } from "../../aws/jobs.ts";
import { knownProblem } from "../causes.ts";
import { at, type Check, selectedSteps } from "../check.ts";
import type { Problem } from "../result.ts";

/** Whether each job that will run points at the script of the release that was asked for. */
export const checkRelease: Check = async (context, intent) => {
  const wanted = intent.expectRelease;
  if (wanted === undefined || wanted === "") return [];
  const steps = selectedSteps(context, intent, "run");
  const names = steps.flatMap(({ job }) => context.jobs.get(job)?.job ?? []);
  const release = await context.releases.find(wanted, names);
  if (release === undefined) {
    const facts = { release: wanted, environment: context.manifest.environment.name };
    return [knownProblem("release-missing", facts)];
  }
  const live = await readJobs(context.clients.glue, names, context.signal);
  return steps.flatMap((step): Problem[] => {
    const name = context.jobs.get(step.job)?.job;
    const definition = name === undefined ? undefined : live.get(name);
    // A job that isn't there is another check's finding.
    if (name === undefined || definition === undefined) return [];
    const location = jobFacts(definition, step.arguments).scriptLocation;
    const expected = release.scripts.get(name);
    if (expected !== undefined && location === expected) return [];
    const facts = {
      job: name,
      release: release.id,
      location: location ?? "–",
      expected: expected ?? "–",
    };
    return [knownProblem("release-mismatch", facts, { step: step.key, ...at(context, step.line) })];
  });
};
