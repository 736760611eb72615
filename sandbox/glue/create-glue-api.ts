import { bookmarkOperations } from "./bookmarks.ts";
import type { GlueApi, GlueApiOptions } from "./contract.ts";
import { runVerb } from "./control/verbs.ts";
import { createCrawlEngine } from "./crawlers/crawl-engine.ts";
import { crawlerOperations } from "./crawlers/crawler-operations.ts";
import { scheduleOperations } from "./crawlers/schedule-operations.ts";
import { GlueFault, unsupported } from "./fault.ts";
import { withPlannedRuns } from "./job-runs/planned-runner.ts";
import { createRunEngine } from "./job-runs/run-engine.ts";
import { runOperations } from "./job-runs/run-operations.ts";
import { jobOperations } from "./jobs/job-operations.ts";
import { loadGlueModel } from "./model/load-model.ts";
import { type Members, parseInput } from "./model/parse-input.ts";
import type { OperationTable } from "./operation.ts";
import { isPassedOn } from "./passed-on.ts";
import { createProcessRunner } from "./process/process-runner.ts";
import { createScriptCache } from "./process/script-cache.ts";
import { createAccounts } from "./state/account.ts";
import { createClock } from "./state/clock.ts";
import { defaultTiming } from "./state/timing.ts";
import { tagOperations } from "./tags.ts";
import { createThrottling } from "./throttling.ts";
import { createUpstream } from "./upstream.ts";
import type { World } from "./world.ts";

const ANSWERED: OperationTable = {
  ...jobOperations,
  ...runOperations,
  ...bookmarkOperations,
  ...crawlerOperations,
  ...scheduleOperations,
  ...tagOperations,
};

/**
 * Builds the sandbox's Glue. Its operations are all of the service model's but the catalog's, which the
 * upstream answers; those that the sandbox has not are refused by name.
 * @throws Error when the interpreter has no botocore to read the service model from
 */
export function createGlueApi(options: GlueApiOptions): GlueApi {
  const model = loadGlueModel(options.python);
  const clock = createClock(options.now ?? Date.now);
  const upstream = createUpstream(options.upstream);
  const world: World = {
    options,
    clock,
    timing: defaultTiming(),
    accountOf: createAccounts(),
    upstream: upstream.of,
  };
  const scriptCache = createScriptCache(clock);
  const throttling = createThrottling(clock.now);
  const runner = options.jobRunner ?? createProcessRunner(world, scriptCache);
  const runs = createRunEngine(world, withPlannedRuns(world, runner));
  const crawls = createCrawlEngine(world);
  return {
    operations: new Set(Object.keys(model.operations).filter((name) => !isPassedOn(name))),
    async handle(operation, rawBody, caller) {
      const failure = throttling.decide(operation);
      if (failure && !failure.after) throw failure.fault;
      const answer = ANSWERED[operation];
      if (!answer) throw unsupported(`the operation ${operation}`);
      const { input, raw } = parseInput(model, operation, rawBody);
      const context = { world, account: world.accountOf(caller), caller, raw, runs, crawls };
      const reply = await inGlueTerms(async () => answer(context, input as never));
      if (failure) throw failure.fault;
      return withoutUndefined(reply);
    },
    async control(verb, input, caller) {
      const account = world.accountOf(caller);
      return runVerb({ world, account, throttling, scriptCache }, verb, input);
    },
    async close() {
      await Promise.all([runs.close(), crawls.close()]);
      upstream.close();
    },
  };
}

/** A fault of the upstream reaches the client as Glue's own. */
async function inGlueTerms(call: () => Promise<Members>): Promise<Members> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof GlueFault || !(error instanceof Error)) throw error;
    const metadata = (error as { $metadata?: { httpStatusCode?: number } }).$metadata;
    if (metadata?.httpStatusCode === undefined) throw error;
    throw new GlueFault(error.name, error.message, metadata.httpStatusCode);
  }
}

function withoutUndefined(reply: Members): Members {
  return JSON.parse(JSON.stringify(reply)) as Members;
}
