import { type JobFacts, jobFacts } from "../../aws/job-facts.ts";
import { readJobs } from "../../aws/jobs.ts";
import { mapLimited } from "../../base/limit.ts";
import { parseContentKey } from "../../scripts/artifact.ts";
import { knownProblem } from "../causes.ts";
import { at, type Check, selectedSteps } from "../check.ts";
import { alteredCode, codeDigests } from "../code-digest.ts";
import type { RunContext } from "../context.ts";
import type { Release } from "../releases.ts";
import type { Problem } from "../result.ts";

const parallel = 8;

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
  const found = await mapLimited(steps, parallel, async (step): Promise<readonly Problem[]> => {
    const name = context.jobs.get(step.job)?.job;
    const definition = name === undefined ? undefined : live.get(name);
    // A job that isn't there is another check's finding.
    if (name === undefined || definition === undefined) return [];
    const location = jobFacts(definition, step.arguments).scriptLocation;
    const expected = release.scripts.get(name);
    const place = { step: step.key, ...at(context, step.line) };
    if (expected !== undefined && location === expected) {
      const facts = jobFacts(definition, step.arguments);
      return (await codeProblems(context, facts, name, release)).map((problem) => ({ ...problem, ...place }));
    }
    const facts = {
      job: name,
      release: release.id,
      location: location ?? "–",
      expected: expected ?? "–",
    };
    return [knownProblem("release-mismatch", facts, place)];
  });
  return found.flat();
};

/** Whether the bytes are the release's: by the full digests that its record has, else by what the keys tell of them. */
async function codeProblems(
  context: RunContext,
  facts: JobFacts,
  job: string,
  release: Release,
): Promise<readonly Problem[]> {
  const code = await codeDigests(context, facts);
  const altered = alteredCode(code);
  if (altered.length > 0) return altered;
  return code.flatMap(({ location, sha256 }): Problem[] => {
    if (parseContentKey(location) === undefined) return [];
    if (sha256 === undefined) return [knownProblem("code-unread", { job, location })];
    const expected = release.digests.get(location);
    if (expected === undefined || expected === sha256) return [];
    return [knownProblem("code-altered", { location, sha256, expected })];
  });
}
