import { bucketTriggers, isTold } from "../aws/bucket-triggers.ts";
import { tailFunctionLog } from "../aws/logs.ts";
import { s3Uri } from "../aws/objects.ts";
import type { ListedObject } from "../aws/prefixes.ts";
import { messageOf } from "../base/errors.ts";
import { globMatcher } from "../base/glob.ts";
import type { ExpectStep } from "../manifest/manifest.ts";
import { appearedSince } from "./appeared-objects.ts";
import { knownProblem } from "./causes.ts";
import { ownBucket, type StepRun } from "./context.ts";
import { functionError } from "./function-error.ts";
import { readLog } from "./read-log.ts";
import type { Problem } from "./result.ts";

export interface MissingObject {
  readonly problems: readonly Problem[];
  /** What did appear, nearest keys first. */
  readonly appeared: readonly ListedObject[];
}

/** What is said of the wait in every case. */
interface Wait {
  readonly uri: string;
  readonly since: string;
  readonly limit: string;
}

/**
 * Why an object did not appear: the error of the function that the upload should have set off, or the object under
 * another prefix. What may not be read is told as a warning.
 */
export async function explainExpect(
  step: ExpectStep,
  wait: Wait,
  since: number,
  run: StepRun,
): Promise<MissingObject> {
  const warnings: Problem[] = [];
  const look = async <T>(what: string, action: string, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (thrown) {
      if (run.runSignal.aborted) throw thrown;
      const facts = { what, action, error: messageOf(thrown) };
      warnings.push(knownProblem("not-readable", facts, { severity: "warning" }));
      return undefined;
    }
  };
  const appeared =
    (await look(`what else was written to ${step.bucket}`, "s3:ListBucket", () =>
      appearedSince(step, since, run),
    )) ?? [];
  const failure = await failedFunction(wait, since, run, look);
  const cause = failure ?? elsewhere(step, wait, appeared) ?? knownProblem("object-not-found", { ...wait });
  return { problems: [cause, ...warnings], appeared };
}

type Look = <T>(what: string, action: string, work: () => Promise<T>) => Promise<T | undefined>;

/** The first function that an upload before this step sets off and that failed since. */
async function failedFunction(
  wait: Wait,
  since: number,
  run: StepRun,
  look: Look,
): Promise<Problem | undefined> {
  const uploads = uploadsBefore(run);
  const seen = new Set<string>();
  for (const { bucket, key } of uploads) {
    const triggers = await look(`what ${bucket} sets off`, "s3:GetBucketNotification", () =>
      bucketTriggers(run.clients.s3, ownBucket(run, bucket), run),
    );
    for (const trigger of triggers ?? []) {
      const group = `/aws/lambda/${trigger.name}`;
      if (seen.has(group) || !isTold(trigger, key)) continue;
      seen.add(group);
      const lines = await look(`the log of ${trigger.name}`, "logs:FilterLogEvents", () =>
        tailFunctionLog(run.clients.logs, { group, since }, run),
      );
      const error = functionError(lines ?? []);
      if (lines === undefined || error === undefined) continue;
      const { shown } = await readLog(run, trigger.name, () => Promise.resolve(lines));
      const facts = {
        uri: wait.uri,
        limit: wait.limit,
        function: trigger.name,
        error: error.error,
        ...(error.place === undefined ? {} : { place: error.place }),
      };
      return knownProblem("lambda-failed", facts, shown);
    }
  }
  return undefined;
}

function uploadsBefore({
  before,
  e2e,
}: StepRun): readonly { readonly bucket: string; readonly key: string }[] {
  const done = new Set(before.flatMap(({ kind, key }) => (kind === "upload" ? [key] : [])));
  return e2e.steps.flatMap((step) =>
    step.kind === "upload" && done.has(step.key) ? [{ bucket: step.bucket, key: step.objectKey }] : [],
  );
}

/** The expected name under another prefix; a pattern that ends in any name expects none. */
function elsewhere(step: ExpectStep, wait: Wait, appeared: readonly ListedObject[]): Problem | undefined {
  const name = step.pattern.split("/").at(-1) ?? "";
  if (/^\**$/.test(name)) return undefined;
  const matches = globMatcher(name);
  const other = appeared.find(({ key }) => matches(key.split("/").at(-1) ?? ""));
  if (other === undefined) return undefined;
  return knownProblem("object-elsewhere", { ...wait, found: s3Uri(step.bucket, other.key) });
}
