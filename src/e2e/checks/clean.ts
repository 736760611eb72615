import { describeWorkgroup } from "../../aws/existence.ts";
import { jobFacts } from "../../aws/job-facts.ts";
import { readJobs } from "../../aws/jobs.ts";
import type { ProtectedArea } from "../../base/s3-area.ts";
import type { Check, Intent } from "../check.ts";
import { selectedSteps } from "../check.ts";
import { areaOfUri, knownAreas, refusedTargets } from "../clean-guard.ts";
import type { RunContext } from "../context.ts";

/** Whether cleaning would take away what this run, another environment or the toolkit itself needs. */
export const checkClean: Check = async (context, intent) => {
  const { clean } = context.e2e;
  if (intent.skipClean || clean.length === 0 || context.memory.cleaned !== undefined) return [];
  const [code, results] = await Promise.all([codeAreas(context, intent), resultAreas(context, intent)]);
  return refusedTargets(context, clean, [...knownAreas(context), ...code, ...results]);
};

/** Job arguments whose `s3://` URIs a run loads code or files from (Glue developer guide, job parameters). */
const loaded = ["--extra-py-files", "--extra-jars", "--extra-files", "--additional-python-modules"];

/** Scripts and libraries of the jobs that run, wherever they are kept. */
async function codeAreas(context: RunContext, intent: Intent): Promise<ProtectedArea[]> {
  const steps = selectedSteps(context, intent, "run");
  const names = steps.flatMap(({ job }) => context.jobs.get(job)?.job ?? []);
  if (names.length === 0) return [];
  const live = await readJobs(context.clients.glue, [...new Set(names)], context.signal);
  return steps.flatMap((step) => {
    const name = context.jobs.get(step.job)?.job ?? "";
    const definition = live.get(name);
    if (definition === undefined) return [];
    const facts = jobFacts(definition, step.arguments);
    const libraries = loaded.flatMap((argument) => facts.arguments[argument]?.split(",") ?? []);
    const areas = [
      areaOfUri(facts.scriptLocation, `the script of job ${name}`),
      ...libraries.map((uri) => areaOfUri(uri, `a library of job ${name}`)),
    ];
    return areas.filter((area) => area !== undefined);
  });
}

/** Where the workgroup puts the results of this run's queries. */
async function resultAreas(context: RunContext, intent: Intent): Promise<ProtectedArea[]> {
  const { athena } = context.e2e;
  if (athena === undefined || selectedSteps(context, intent, "query").length === 0) return [];
  const { output } = await describeWorkgroup(context.clients.athena, athena.workgroup, context.signal);
  const area = areaOfUri(output, `the results of queries of workgroup ${athena.workgroup}`);
  return area === undefined ? [] : [area];
}
