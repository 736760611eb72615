import { describe, expect, it } from "vitest";
import { ToolkitErrors } from "../../src/base/errors.ts";
import { withArguments } from "../../src/e2e/run-arguments.ts";
import { query, runSilver } from "./checks/support.ts";

const silver = { ...runSilver, key: "silver", arguments: { "--day": "1", "--keep": "yes" } };
const gold = { ...runSilver, key: "gold" };
const argumentsOf = (given: readonly string[]) =>
  withArguments([silver, gold, query], given).map((step) =>
    step.kind === "run" ? step.arguments : undefined,
  );

describe("arguments of one run", () => {
  it("win over the manifest's, those of a step over those of all", () => {
    expect(argumentsOf(["gold: --day=3", "--day=2", "--sql=a=b c"])).toEqual([
      { "--day": "2", "--keep": "yes", "--sql": "a=b c" },
      { "--day": "3", "--sql": "a=b c" },
      undefined,
    ]);
    expect(argumentsOf([])).toEqual([silver.arguments, {}, undefined]);
  });

  it.each([
    ["day=2", '"day" is no --name=value'],
    ["--password", '"--password" is no --name=value'],
    ["--JOB_NAME=x", "--JOB_NAME is Glue's own"],
    ["golt: --day=2", 'which is no step that runs a job. Did you mean "gold"?'],
    ["step: --day=2", "is for step, which is no step that runs a job"],
  ])("are refused where one is %s", (given, message) => {
    expect(() => argumentsOf([given])).toThrow(message);
  });

  it("are refused all at once, and no value is repeated", () => {
    try {
      argumentsOf(["--JOB_NAME=hunter2", "secret hunter2"]);
      expect.unreachable();
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(ToolkitErrors);
      expect((thrown as ToolkitErrors).errors.map(({ code }) => code)).toEqual([
        "argument-invalid",
        "argument-invalid",
      ]);
      expect((thrown as ToolkitErrors).errors.map(({ message }) => message).join()).not.toContain("hunter2");
    }
  });

  it("need a job to be for", () => {
    expect(() => withArguments([query], ["--day=1"])).toThrow("no step runs a job");
  });
});
