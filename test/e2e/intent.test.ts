import { expect, it } from "vitest";
import { checkIntent } from "../../src/e2e/checks/intent.ts";
import type { E2eManifest, Step } from "../../src/manifest/manifest.ts";
import { callerOf } from "../aws/answers.ts";
import { workspaceWith } from "../support/workspace.ts";
import { scriptedRun, stepBase, wholeIntent } from "./scripted-run.ts";

const upload: Step = {
  ...stepBase,
  kind: "upload",
  file: "in.json",
  bucket: "b",
  objectKey: "landing/in.json",
};
const expected = (pattern: string, bucket = "b"): Step => ({ ...stepBase, kind: "expect", bucket, pattern });

async function found(step: Step, intent: object = {}, more: Partial<E2eManifest> = {}, account?: string) {
  const run = await scriptedRun(
    { POST: [callerOf("1")] },
    { workspace: await workspaceWith({ "there.json": "{}" }) },
  );
  const manifest = { ...run.manifest, environment: { ...run.manifest.environment, account } };
  const e2e = { ...run.e2e, steps: [step], ...more };
  const problems = await checkIntent({ ...run, manifest, e2e }, { ...wholeIntent, ...intent });
  return problems.map(({ severity, code, facts, step: key, location }) => ({
    severity,
    code,
    facts,
    step: key,
    line: location?.line,
  }));
}
const there: Step = { ...upload, file: "there.json" };
const confirm = (given: string) => ({
  severity: "error",
  code: "confirm-clean",
  facts: { environment: "dev", given },
  step: undefined,
  line: undefined,
});

it.each<[string, object, Partial<E2eManifest>, object[]]>([
  ["confirmed", {}, {}, []],
  ["confirmed for another environment", { confirmClean: "prod" }, {}, [confirm("prod")]],
  ["not confirmed", { confirmClean: undefined }, {}, [confirm("")]],
  [
    "not confirmed, where bookmarks alone are reset",
    { confirmClean: undefined },
    { clean: [] },
    [confirm("")],
  ],
  ["not confirmed, where nothing is cleaned", { confirmClean: undefined }, { clean: [], bookmarks: [] }, []],
  ["not confirmed, but skipped", { confirmClean: undefined, skipClean: true }, {}, []],
])("a cleaning that is %s", async (_, intent, more, problems) => {
  expect(await found(there, intent, more)).toEqual(problems);
});

it("an input that is no file stands at its step", async () => {
  expect(await found(upload)).toEqual([
    {
      severity: "error",
      code: "input-missing",
      facts: { step: "step", file: "in.json" },
      step: "step",
      line: 9,
    },
  ]);
});

it("an input of a step that was not selected may be missing", async () => {
  expect(await found(upload, { selected: new Set(["other"]) })).toEqual([]);
});

it("an input of a step without a line has no place", async () => {
  const run = await scriptedRun({ POST: [callerOf("1")] }, { workspace: await workspaceWith({}) });
  const e2e = { ...run.e2e, steps: [{ ...upload, line: undefined }] };
  const [problem] = await checkIntent({ ...run, e2e }, wholeIntent);
  expect(problem).toMatchObject({ code: "input-missing" });
  expect(problem).not.toHaveProperty("location");
});

it.each<[string, Step, Partial<E2eManifest>, string | undefined]>([
  ["below what is cleaned", expected("landing/x/**/*.json"), {}, undefined],
  ["beside what is cleaned", expected("bronze/x/a*.json"), {}, "s3://b/bronze/x/"],
  ["of another bucket", expected("landing/*.json", "c"), {}, "s3://c/landing/"],
  ["where nothing is cleaned", expected("bronze/*.json"), { clean: [] }, undefined],
])("an awaited object %s", async (_, step, more, uri) => {
  const problems = await found(step, {}, more);
  const facts = { step: "step", uri };
  expect(problems).toEqual(
    uri === undefined
      ? []
      : [{ severity: "warning", code: "clean-misses-output", facts, step: "step", line: 9 }],
  );
});

it("another account than the manifest's ends it", async () => {
  await expect(found(there, {}, {}, "2")).rejects.toMatchObject({ code: "wrong-account" });
});
