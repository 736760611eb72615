import { getCrawler } from "../../aws/crawlers.ts";
import { isAccessDenied } from "../../aws/errors.ts";
import { namesOf } from "../../aws/existence.ts";
import { readJobs } from "../../aws/jobs.ts";
import { parseS3Uri } from "../../aws/objects.ts";
import { mapLimited } from "../../base/limit.ts";
import { knownProblem } from "../causes.ts";
import { at, type Check, type Intent, selectedSteps } from "../check.ts";
import type { RunContext } from "../context.ts";
import { nearestName } from "../names.ts";
import type { Problem } from "../result.ts";

const parallel = 8;

/** Every job that is run or whose bookmark is reset, and every crawler. */
export const checkGlue: Check = async (context, intent) => {
  const [jobs, crawlers] = await Promise.all([checkJobs(context, intent), checkCrawlers(context, intent)]);
  return [...jobs, ...crawlers];
};

async function checkJobs(context: RunContext, intent: Intent): Promise<Problem[]> {
  const { clients, signal } = context;
  const uses = [
    ...selectedSteps(context, intent, "run").map(({ job, key, line }) => ({
      job,
      line,
      step: { step: key },
    })),
    ...(intent.skipClean ? [] : context.e2e.bookmarks.map((job) => ({ job, line: undefined, step: {} }))),
  ];
  const unknown = uses
    .filter(({ job }) => !context.jobs.has(job))
    .map(({ job, line, step }) => {
      const facts = { job, nearest: nearestName(job, context.jobs.keys()) };
      return knownProblem("job-unknown", facts, { ...at(context, line), ...step });
    });
  const named = new Map(
    uses.flatMap(({ job, step }) => {
      const resolved = context.jobs.get(job);
      return resolved === undefined ? [] : [[resolved.job, { line: resolved.line, step }] as const];
    }),
  );
  const live = await readJobs(clients.glue, [...named.keys()], signal);
  const absent = [...named].filter(([name]) => live.get(name) === undefined);
  const known = absent.length === 0 ? [] : await namesOf("job", clients, signal);
  const missing = absent.map(([job, { line, step }]) => {
    const facts = { job, nearest: nearestName(job, known) };
    return knownProblem("job-missing", facts, { ...at(context, line), ...step });
  });
  return [...unknown, ...missing];
}

async function checkCrawlers(context: RunContext, intent: Intent): Promise<Problem[]> {
  const { clients, signal } = context;
  const found = await mapLimited(
    selectedSteps(context, intent, "crawler"),
    parallel,
    async ({ key, crawler, line }) => {
      const place = { step: key, ...at(context, line) };
      try {
        const view = await getCrawler(clients.glue, crawler, context);
        if (view !== undefined)
          return missedTargets(context, intent, view.targets, { crawler, step: key }, place);
      } catch (thrown) {
        if (!isAccessDenied(thrown)) throw thrown;
        const facts = { resource: `crawler ${crawler}` };
        return [knownProblem("check-not-allowed", facts, { severity: "warning", ...place })];
      }
      const known = await namesOf("crawler", clients, signal);
      return [knownProblem("crawler-missing", { crawler, nearest: nearestName(crawler, known) }, place)];
    },
  );
  return found.flat();
}

/** Paths that a crawler reads, in a bucket that clean is about, and that it leaves standing. */
function missedTargets(
  context: RunContext,
  intent: Intent,
  targets: readonly string[],
  facts: { readonly crawler: string; readonly step: string },
  place: Pick<Problem, "location">,
): Problem[] {
  if (intent.skipClean) return [];
  return targets.flatMap((uri) => {
    const address = parseS3Uri(uri.endsWith("/") ? uri : `${uri}/`);
    const sameBucket = context.e2e.clean.filter(({ bucket }) => bucket === address?.bucket);
    const { key = "" } = address ?? {};
    // A target above what is cleaned may hold more than this pipeline's data, one below it is emptied with it.
    const related = sameBucket.some(({ prefix }) => key.startsWith(prefix) || prefix.startsWith(key));
    if (sameBucket.length === 0 || related) return [];
    return [knownProblem("clean-misses-crawled", { ...facts, uri }, { severity: "warning", ...place })];
  });
}
