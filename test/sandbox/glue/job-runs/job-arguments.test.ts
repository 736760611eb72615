import { describe, expect, it } from "vitest";
import {
  bookmarkOption,
  listArgument,
  resolveArguments,
  sparkConf,
} from "../../../../sandbox/glue/job-runs/job-arguments.ts";
import { heldRunner, jobInput, startRun, testGlue } from "../support.ts";

const JOB = {
  Command: { ScriptLocation: "s3://b/command.py" },
  DefaultArguments: { "--a": "default", "--b": "default", "--c": "default" },
  NonOverridableArguments: { "--c": "fixed" },
};

describe("resolveArguments", () => {
  it("lets NonOverridableArguments win over the run's, those over DefaultArguments", () => {
    const { arguments: merged } = resolveArguments(JOB, { "--b": "run", "--c": "run" });
    expect(merged).toEqual({ "--a": "default", "--b": "run", "--c": "fixed" });
  });

  it.each([
    ["Command alone", JOB, {}, "s3://b/command.py"],
    [
      "DefaultArguments",
      { ...JOB, DefaultArguments: { "--scriptLocation": "s3://b/default.py" } },
      {},
      "s3://b/default.py",
    ],
    [
      "the run",
      { ...JOB, DefaultArguments: { "--scriptLocation": "s3://b/default.py" } },
      { "--scriptLocation": "s3://b/run.py" },
      "s3://b/run.py",
    ],
    [
      "NonOverridableArguments",
      { ...JOB, NonOverridableArguments: { "--scriptLocation": "s3://b/fixed.py" } },
      { "--scriptLocation": "s3://b/run.py" },
      "s3://b/fixed.py",
    ],
  ])("takes the script from %s", (_name, job, run, script) => {
    expect(resolveArguments(job, run).scriptLocation).toBe(script);
  });
});

describe("a run", () => {
  it("gets the script that --scriptLocation names, not Command's", async () => {
    const runner = heldRunner();
    const glue = testGlue(runner);
    await glue.call("CreateJob", jobInput({ DefaultArguments: { "--scriptLocation": "s3://b/shadow.py" } }));
    await startRun(glue);
    expect(runner.requests[0]?.scriptLocation).toBe("s3://b/shadow.py");
  });
});

describe("arguments that Glue itself reads", () => {
  it.each([
    ["job-bookmark-enable", "enable"],
    ["job-bookmark-pause", "pause"],
    ["job-bookmark-disable", "disable"],
    [undefined, "disable"],
  ])("--job-bookmark-option %s means %s", (value, option) => {
    expect(bookmarkOption(value === undefined ? {} : { "--job-bookmark-option": value })).toBe(option);
  });

  it("splits several settings of --conf", () => {
    const value = "spark.sql.shuffle.partitions=4 --conf spark.x=a=b";
    expect(sparkConf({ "--conf": value })).toEqual({ "spark.sql.shuffle.partitions": "4", "spark.x": "a=b" });
  });

  it("splits lists at commas", () => {
    expect(
      listArgument({ "--extra-py-files": "s3://b/a.zip, s3://b/b.zip" }, "--extra-py-files"),
    ).toHaveLength(2);
  });
});
