import type { Check } from "../../../src/e2e/check.ts";
import type { StepRun } from "../../../src/e2e/context.ts";
import type { Step } from "../../../src/manifest/manifest.ts";
import { refused, type Script } from "../../aws/scripted.ts";
import { scriptedRun, stepBase, wholeIntent } from "../scripted-run.ts";

export const denied = refused("AccessDeniedException");
export const missing = refused("EntityNotFoundException");
export const runSilver = { ...stepBase, kind: "run", job: "silver", arguments: {} } satisfies Step;
export const crawl = { ...stepBase, kind: "crawler", crawler: "c" } satisfies Step;
export const query = {
  ...stepBase,
  kind: "query",
  sql: "SELECT 1",
  expectation: { value: undefined, rows: 1, minRows: undefined, columns: undefined, tolerance: undefined },
} satisfies Step;
export const upload = {
  ...stepBase,
  kind: "upload",
  file: "in.json",
  bucket: "b",
  objectKey: "landing/in.json",
} satisfies Step;

/** Severity, code and step of what a check finds for one step. */
export async function found(
  check: Check,
  step: Step | undefined,
  script: Script,
  intent = {},
  more: Partial<StepRun> = {},
) {
  const run = await scriptedRun(script);
  const e2e = { ...run.e2e, steps: step === undefined ? [] : [step], ...more.e2e };
  const problems = await check({ ...run, ...more, e2e }, { ...wholeIntent, ...intent });
  return problems.map(
    ({ severity, code, step: key, location }) => `${severity} ${code} ${key ?? "-"} ${location?.line ?? "-"}`,
  );
}
