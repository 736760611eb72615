import { describe, expect, it } from "vitest";
import { CALLER, JOB, jobInput, jobOf, testGlue } from "../support.ts";

describe("CreateJob", () => {
  it("fills in what AWS fills in", async () => {
    const glue = testGlue();
    await glue.call("CreateJob", jobInput({ Command: { Name: "glueetl", ScriptLocation: "s3://b/k.py" } }));
    expect(await jobOf(glue)).toMatchObject({
      JobMode: "SCRIPT",
      MaxRetries: 0,
      ExecutionProperty: { MaxConcurrentRuns: 1 },
      JobRunQueuingEnabled: false,
      Command: { PythonVersion: "3" },
      MaxCapacity: 10,
      AllocatedCapacity: 10,
    });
  });

  it.each([
    ["3.0", 2880],
    ["4.0", 2880],
    ["5.0", 480],
    ["6.0", 480],
  ])("gives Glue %s a Timeout of %i minutes", async (GlueVersion, timeout) => {
    const glue = testGlue();
    await glue.call("CreateJob", jobInput({ GlueVersion }));
    expect((await jobOf(glue))["Timeout"]).toBe(timeout);
  });

  it("gives a Spark job without a version Glue 6.0", async () => {
    const glue = testGlue();
    const { GlueVersion: _, ...input } = jobInput();
    await glue.call("CreateJob", input);
    expect((await jobOf(glue))["GlueVersion"]).toBe("6.0");
  });

  it.each([
    ["G.1X", 3, 3],
    ["G.2X", 5, 10],
    ["G.025X", 2, 0.5],
  ])("computes the capacity of %s × %i as %d DPU", async (WorkerType, NumberOfWorkers, dpu) => {
    const glue = testGlue();
    await glue.call("CreateJob", jobInput({ WorkerType, NumberOfWorkers }));
    expect(await jobOf(glue)).toMatchObject({ MaxCapacity: dpu, AllocatedCapacity: Math.floor(dpu) });
  });

  it("stamps times as epoch seconds with milliseconds", async () => {
    const glue = testGlue();
    const before = Date.now() / 1000;
    await glue.call("CreateJob", jobInput());
    const { CreatedOn, LastModifiedOn } = await jobOf(glue);
    expect(CreatedOn).toBeGreaterThanOrEqual(before);
    expect(CreatedOn).toBeLessThan(before + 60);
    expect(LastModifiedOn).toBe(CreatedOn);
  });

  it("answers AlreadyExistsException for the same definition again", async () => {
    const glue = testGlue();
    await glue.call("CreateJob", jobInput());
    expect((await glue.fault("CreateJob", jobInput())).code).toBe("AlreadyExistsException");
  });

  it("answers IdempotentParameterMismatchException for another definition under the name", async () => {
    const glue = testGlue();
    await glue.call("CreateJob", jobInput());
    const { code } = await glue.fault("CreateJob", jobInput({ MaxRetries: 1 }));
    expect(code).toBe("IdempotentParameterMismatchException");
  });

  it("keeps tags out of the job", async () => {
    const glue = testGlue();
    await glue.call("CreateJob", jobInput({ Tags: { team: "data" } }));
    expect(await jobOf(glue)).not.toHaveProperty("Tags");
  });

  it("ignores members that can't be sent", async () => {
    const glue = testGlue();
    await glue.call("CreateJob", jobInput({ ProfileName: "mine", Tomorrow: 1 }));
    const job = await jobOf(glue);
    expect(job).not.toHaveProperty("ProfileName");
    expect(job).not.toHaveProperty("Tomorrow");
  });
});

describe("reading jobs", () => {
  it("keeps accounts and regions apart", async () => {
    const glue = testGlue();
    await glue.call("CreateJob", jobInput());
    for (const other of [
      { ...CALLER, region: "eu-west-1" },
      { ...CALLER, accountId: "111111111111" },
    ]) {
      expect(await glue.call("GetJobs", {}, other)).toEqual({ Jobs: [] });
    }
  });

  it("answers EntityNotFoundException for a missing job", async () => {
    expect(await testGlue().fault("GetJob", { JobName: "none" })).toEqual({
      code: "EntityNotFoundException",
      message: "Job not found.",
      status: 400,
    });
  });

  it("pages GetJobs with opaque tokens", async () => {
    const glue = testGlue();
    for (const Name of ["a", "b", "c"]) await glue.call("CreateJob", jobInput({ Name }));
    const first = await glue.call("GetJobs", { MaxResults: 2 });
    const second = await glue.call("GetJobs", { MaxResults: 2, NextToken: first["NextToken"] });
    expect(first["Jobs"]).toMatchObject([{ Name: "a" }, { Name: "b" }]);
    expect(second).toMatchObject({ Jobs: [{ Name: "c" }] });
    expect(second).not.toHaveProperty("NextToken");
  });

  it("refuses a token it never gave", async () => {
    expect((await testGlue().fault("GetJobs", { NextToken: "made-up" })).code).toBe("InvalidInputException");
  });

  it("tells found and missing jobs apart in BatchGetJobs", async () => {
    const glue = testGlue();
    await glue.call("CreateJob", jobInput());
    const reply = await glue.call("BatchGetJobs", { JobNames: [JOB, "none"] });
    expect(reply).toMatchObject({ Jobs: [{ Name: JOB }], JobsNotFound: ["none"] });
  });

  it("lists the jobs with a tag", async () => {
    const glue = testGlue();
    await glue.call("CreateJob", jobInput({ Name: "a", Tags: { team: "data" } }));
    await glue.call("CreateJob", jobInput({ Name: "b" }));
    expect(await glue.call("ListJobs", { Tags: { team: "data" } })).toEqual({ JobNames: ["a"] });
  });
});

describe("DeleteJob", () => {
  it.each([["there"], ["missing"]])("answers the name of a job that is %s", async (state) => {
    const glue = testGlue();
    if (state === "there") await glue.call("CreateJob", jobInput());
    expect(await glue.call("DeleteJob", { JobName: JOB })).toEqual({ JobName: JOB });
    expect(await glue.call("GetJobs")).toEqual({ Jobs: [] });
  });
});
