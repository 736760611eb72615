import * as z from "zod";
import { GlueFault, invalidInput, notFound } from "../fault.ts";
import { plantInto } from "../jobs/future-members.ts";
import type { Members } from "../model/parse-input.ts";
import type { ScriptCache } from "../process/script-cache.ts";
import type { AccountState } from "../state/account.ts";
import type { Throttling } from "../throttling.ts";
import type { World } from "../world.ts";
import { PlannedCrawl, PlannedRun } from "./plans.ts";

/** What the verbs act on. */
export interface Controlled {
  readonly world: World;
  readonly account: AccountState;
  readonly throttling: Throttling;
  readonly scriptCache: ScriptCache;
}

interface Verb {
  readonly schema: z.ZodType;
  readonly apply: (target: Controlled, input: never) => Members;
}

/** Runs a control verb: a test's hand on the sandbox, never part of AWS's API. */
export function runVerb(target: Controlled, name: string, input: unknown): Members {
  const verb = VERBS[name];
  if (!verb) {
    const known = Object.keys(VERBS).join(", ");
    throw new GlueFault("UnknownVerb", `There is no control verb '${name}'; the verbs are ${known}`, 404);
  }
  const parsed = verb.schema.safeParse(input ?? {});
  if (!parsed.success) throw invalidInput(`${name}: ${z.prettifyError(parsed.error)}`);
  return verb.apply(target, parsed.data as never);
}

function verb<Schema extends z.ZodType>(
  schema: Schema,
  apply: (target: Controlled, input: z.output<Schema>) => Members,
): Verb {
  return { schema, apply };
}

const Milliseconds = z.number().int().min(0);
const SERVER_FAULTS = new Set([
  "InternalServiceException",
  "OperationTimeoutException",
  "ServiceUnavailable",
]);

const Throttle = z.strictObject({
  operation: z.string().min(1),
  rate: z.number().positive().optional(),
  share: z.number().min(0).max(1).optional(),
  seed: z.number().int().optional(),
  count: z.number().int().min(1).optional(),
  code: z.string().min(1).optional(),
  status: z.number().int().min(400).max(599).optional(),
  message: z.string().optional(),
  after: z.boolean().default(false),
  clear: z.boolean().default(false),
});

const VERBS: Readonly<Record<string, Verb>> = {
  throttle: verb(Throttle, throttle),
  "plant-members": verb(
    z.strictObject({ jobName: z.string(), members: z.record(z.string(), z.json()) }),
    ({ account, world }, { jobName, members }) => {
      const job = account.jobs.get(jobName);
      if (!job) throw notFound(`There is no job ${jobName} to plant members on.`);
      job.future = plantInto(job.future, members);
      job.definition = plantInto(job.definition, members);
      job.modifiedAt = world.clock.stamp();
      return { jobName, planted: Object.keys(job.future) };
    },
  ),
  "script-cache": verb(
    z.strictObject({ enabled: z.boolean(), ttlSeconds: z.number().positive().optional() }),
    ({ scriptCache }, settings) => {
      scriptCache.configure(settings);
      return { ...settings };
    },
  ),
  "plan-runs": verb(
    z.strictObject({ jobName: z.string(), outcomes: z.array(PlannedRun) }),
    ({ account }, { jobName, outcomes }) => {
      account.plannedRuns.set(jobName, [...outcomes]);
      return { jobName, planned: outcomes.length };
    },
  ),
  "plan-crawls": verb(
    z.strictObject({ crawlerName: z.string(), outcomes: z.array(PlannedCrawl) }),
    ({ account }, { crawlerName, outcomes }) => {
      account.plannedCrawls.set(crawlerName, [...outcomes]);
      return { crawlerName, planned: outcomes.length };
    },
  ),
  "crawl-delay": verb(
    z.strictObject({ startMs: Milliseconds.optional(), stopMs: Milliseconds.optional() }),
    ({ world: { timing } }, { startMs, stopMs }) => {
      timing.crawlStartMs = startMs ?? timing.crawlStartMs;
      timing.crawlStopMs = stopMs ?? timing.crawlStopMs;
      return { startMs: timing.crawlStartMs, stopMs: timing.crawlStopMs };
    },
  ),
  timing: verb(
    z.strictObject({
      slotReleaseMs: Milliseconds.optional(),
      retryDelayMs: Milliseconds.optional(),
      minuteMs: Milliseconds.min(1).optional(),
    }),
    ({ world: { timing } }, changes) => ({ ...Object.assign(timing, changes) }),
  ),
};

function throttle({ throttling }: Controlled, input: z.output<typeof Throttle>): Members {
  if (input.clear) {
    throttling.clear(input.operation);
    return { cleared: input.operation };
  }
  const code = input.code ?? (input.after ? "InternalServiceException" : "ThrottlingException");
  const status = input.status ?? (SERVER_FAULTS.has(code) || input.after ? 500 : 400);
  const message =
    input.message ?? (code === "ThrottlingException" ? "Rate exceeded" : "An internal error occurred.");
  throttling.add({ ...input, code, status, message });
  return { operation: input.operation, code, status };
}
