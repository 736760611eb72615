import {
  type ExactJson,
  type ExactObject,
  isExactObject,
  parseExact,
  stringifyExact,
} from "../../../src/aws/exact-json.ts";
import { text } from "../../../src/aws/raw-job.ts";
import type { PassingCall } from "./call.ts";
import type { Dice } from "./dice.ts";
import type { Faults } from "./proxy.ts";
import type { Reply } from "./reply.ts";

/** Writes of Glue whose effect is seen a little later, and the name of what they change. */
const writes: Readonly<Record<string, (input: ExactObject) => string>> = {
  "glue:UpdateJob": (input) => `job ${text(input, "JobName")}`,
  "glue:StartCrawler": (input) => `crawler ${text(input, "Name")}`,
  "glue:StartJobRun": (input) => `runs ${text(input, "JobName")}`,
};

const longestMilliseconds = 1_500;

/**
 * Reads of Glue that for a short while after a write answer as before it. S3 reads its own writes (S3 user guide,
 * "Amazon S3 data consistency model"); Glue promises nothing.
 * @param onStale told of each answer that is out of date
 */
export function readLate(dice: Dice, onStale: () => void): Faults {
  const seen = new Map<string, ExactJson>();
  const stale = new Map<string, { readonly until: number; readonly value: ExactJson }>();
  let written = 0;
  const asBefore = (what: string, fresh: ExactJson): ExactJson => {
    const late = stale.get(what);
    if (late !== undefined && Date.now() < late.until) {
      onStale();
      return late.value;
    }
    seen.set(what, fresh);
    return fresh;
  };
  return {
    before: ({ operation, body }) => {
      const what = writes[operation]?.(inputOf(body));
      const value = what === undefined ? undefined : seen.get(what);
      if (what === undefined || value === undefined) return undefined;
      written += 1;
      const until = Date.now() + dice(`write ${written} is seen after`, longestMilliseconds);
      if ((stale.get(what)?.until ?? 0) < Date.now()) stale.set(what, { until, value });
      return undefined;
    },
    after: (call, reply) => (reply.status === 200 ? rewritten(call, reply, asBefore) : undefined),
  };
}

type AsBefore = (what: string, fresh: ExactJson) => ExactJson;

function rewritten(call: PassingCall, reply: Reply, asBefore: AsBefore): Reply | undefined {
  const input = (): ExactObject => inputOf(call.body);
  switch (call.operation) {
    case "glue:GetJob":
      return withMember(reply, "Job", (job) => asBefore(`job ${text(input(), "JobName")}`, job));
    case "glue:BatchGetJobs":
      return withMember(reply, "Jobs", (jobs) =>
        Array.isArray(jobs)
          ? (jobs as readonly ExactObject[]).map((job) => asBefore(`job ${text(job, "Name")}`, job))
          : jobs,
      );
    case "glue:GetCrawler":
      return withMember(reply, "Crawler", (crawler) => asBefore(`crawler ${text(input(), "Name")}`, crawler));
    case "glue:GetJobRuns":
      return withMember(reply, "JobRuns", (runs) => asBefore(`runs ${text(input(), "JobName")}`, runs));
    default:
      return undefined;
  }
}

function withMember(reply: Reply, name: string, change: (value: ExactJson) => ExactJson): Reply {
  const answer = inputOf(reply.body);
  const value = answer[name];
  if (value === undefined) return reply;
  return { ...reply, body: Buffer.from(stringifyExact({ ...answer, [name]: change(value) })) };
}

function inputOf(body: Buffer): ExactObject {
  const parsed = parseExact(body.toString() || "{}");
  return isExactObject(parsed) ? parsed : {};
}
