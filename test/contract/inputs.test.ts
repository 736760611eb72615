import { describe, expect, it } from "vitest";
import { ToolkitErrors } from "../../src/base/errors.ts";
import { parseInputs } from "../../src/contract/action.ts";
import { deployGlue } from "../../src/contract/deploy-glue.ts";
import { runE2e } from "../../src/contract/run-e2e.ts";
import { validateGlue } from "../../src/contract/validate-glue.ts";
import { readInputs } from "../../src/github/inputs.ts";

describe("parseInputs", () => {
  it("fills in what is empty or missing", () => {
    expect(parseInputs(validateGlue, { manifest: "", environment: " " })).toMatchObject({
      manifest: "glue-pipeline.yml",
      environment: undefined,
      "fail-on": "error",
      fix: false,
      paths: [],
    });
  });

  it.each(["true", "True", "TRUE"])("reads %s as true", (value) => {
    expect(parseInputs(validateGlue, { fix: value }).fix).toBe(true);
  });

  it.each(["yes", "1", "on", "flase"])("refuses %s as a boolean", (value) => {
    expect(() => parseInputs(validateGlue, { fix: value })).toThrow(
      `input fix: "${value}" must be one of true, false`,
    );
  });

  it("reads lists, durations and choices", () => {
    const inputs = parseInputs(deployGlue, { jobs: "silver, gold\nbronze", mode: "plan" });
    expect(inputs).toMatchObject({ jobs: ["silver", "gold", "bronze"], mode: "plan" });
    expect(parseInputs(validateGlue, { paths: "a/*.py\n\n# no\nb.py" }).paths).toEqual(["a/*.py", "b.py"]);
    expect(parseInputs(runE2e, { timeout: "45m" }).timeout).toBe(2_700_000);
  });

  it("refuses a feature that this version hasn't, and takes its resting value", () => {
    expect(parseInputs(runE2e, { comment: "never", "max-scan-mb": "" })).toMatchObject({
      comment: undefined,
    });
    expect(() => parseInputs(runE2e, { comment: "auto" })).toThrow(
      `input comment: "auto" is not allowed: this version doesn't have it`,
    );
  });

  it("collects every error, and names the input that was meant", () => {
    const parse = () => parseInputs(deployGlue, { mode: "delpoy", validate: "maybe", enviroment: "dev" });
    expect(parse).toThrow(ToolkitErrors);
    try {
      parse();
    } catch (thrown) {
      expect((thrown as ToolkitErrors).errors.map(({ message }) => message)).toEqual([
        'deploy-glue has no input "enviroment". Did you mean "environment"?',
        'input mode: "delpoy" must be one of deploy, plan, rollback',
        'input validate: "maybe" must be one of true, false',
      ]);
    }
  });
});

describe("readInputs", () => {
  it("reads the runner's variables, and a shell's with underscores", () => {
    const env = { "INPUT_FAIL-ON": "never", INPUT_CHANGED_ONLY: "true", INPUT_PATHS: "a.py", HOME: "/root" };
    expect(readInputs(env, Object.keys(validateGlue.inputs))).toEqual({
      "fail-on": "never",
      "changed-only": "true",
      paths: "a.py",
    });
  });
});
