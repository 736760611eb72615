import { describe, expect, it } from "vitest";
import { JOB, jobInput, jobOf, type TestGlue, testGlue } from "../support.ts";

const COMMAND = { Name: "glueetl", ScriptLocation: "s3://scripts/next.py", PythonVersion: "3" };
const MINIMAL = { Role: "glue-role", Command: COMMAND };

async function withJob(more: Record<string, unknown> = {}): Promise<TestGlue> {
  const glue = testGlue();
  await glue.call("CreateJob", jobInput(more));
  return glue;
}

describe("UpdateJob", () => {
  it("removes what is left out", async () => {
    const glue = await withJob({
      Description: "d",
      LogUri: "s3://logs/",
      DefaultArguments: { "--a": "1" },
      NonOverridableArguments: { "--b": "2" },
      Connections: { Connections: ["vpc"] },
      SecurityConfiguration: "sec",
      NotificationProperty: { NotifyDelayAfter: 5 },
      ExecutionClass: "FLEX",
      WorkerType: "G.1X",
      NumberOfWorkers: 4,
      SourceControlDetails: { Provider: "GITHUB", Repository: "r" },
    });
    await glue.call("UpdateJob", { JobName: JOB, JobUpdate: MINIMAL });
    const { CreatedOn, LastModifiedOn, ...job } = await jobOf(glue);
    expect(job).toEqual({
      Name: JOB,
      Role: "glue-role",
      Command: COMMAND,
      GlueVersion: "5.0",
      JobMode: "SCRIPT",
      JobRunQueuingEnabled: false,
      MaxRetries: 0,
      Timeout: 480,
      ExecutionProperty: { MaxConcurrentRuns: 1 },
      MaxCapacity: 10,
      AllocatedCapacity: 10,
    });
  });

  it("resets what has a default", async () => {
    const glue = await withJob({
      MaxRetries: 3,
      Timeout: 60,
      ExecutionProperty: { MaxConcurrentRuns: 5 },
      JobMode: "NOTEBOOK",
      JobRunQueuingEnabled: true,
    });
    await glue.call("UpdateJob", { JobName: JOB, JobUpdate: MINIMAL });
    expect(await jobOf(glue)).toMatchObject({
      MaxRetries: 0,
      Timeout: 480,
      ExecutionProperty: { MaxConcurrentRuns: 1 },
      JobMode: "SCRIPT",
      JobRunQueuingEnabled: false,
    });
  });

  it("keeps GlueVersion alone", async () => {
    const glue = await withJob({ GlueVersion: "4.0" });
    await glue.call("UpdateJob", { JobName: JOB, JobUpdate: MINIMAL });
    expect(await jobOf(glue)).toMatchObject({ GlueVersion: "4.0", Timeout: 2880 });
  });

  it("keeps tags", async () => {
    const glue = await withJob({ Tags: { team: "data" } });
    await glue.call("UpdateJob", { JobName: JOB, JobUpdate: MINIMAL });
    const ResourceArn = `arn:aws:glue:us-east-1:000000000000:job/${JOB}`;
    expect(await glue.call("GetTags", { ResourceArn })).toEqual({ Tags: { team: "data" } });
  });

  it("moves LastModifiedOn strictly forward and leaves CreatedOn", async () => {
    const glue = await withJob();
    const times: unknown[] = [];
    for (let update = 0; update < 3; update += 1) {
      await glue.call("UpdateJob", { JobName: JOB, JobUpdate: MINIMAL });
      times.push((await jobOf(glue))["LastModifiedOn"]);
    }
    expect(new Set(times).size).toBe(3);
    expect(times).toEqual(times.toSorted((a, b) => Number(a) - Number(b)));
    expect((await jobOf(glue))["CreatedOn"]).toBeLessThan(Number(times[0]));
  });

  it.each([
    ["the answer of GetJob, whose capacity is computed", { MaxCapacity: 4 }, /Max Capacity/],
    ["the deprecated capacity beside workers", { AllocatedCapacity: 4 }, /Allocated Capacity/],
  ])("rejects %s", async (_name, capacity, message) => {
    const glue = await withJob({ WorkerType: "G.1X", NumberOfWorkers: 4 });
    const JobUpdate = { ...MINIMAL, WorkerType: "G.1X", NumberOfWorkers: 4, ...capacity };
    const fault = await glue.fault("UpdateJob", { JobName: JOB, JobUpdate });
    expect(fault.code).toBe("InvalidInputException");
    expect(fault.message).toMatch(message);
  });

  it("changes nothing when it is rejected", async () => {
    const glue = await withJob();
    const before = await jobOf(glue);
    await glue.fault("UpdateJob", { JobName: JOB, JobUpdate: { ...MINIMAL, MaxRetries: 11 } });
    expect(await jobOf(glue)).toEqual(before);
  });

  it.each([
    ["Role", { Command: COMMAND }],
    ["Command", { Role: "glue-role" }],
  ])("needs %s, which the shape does not require", async (_name, JobUpdate) => {
    const glue = await withJob();
    expect((await glue.fault("UpdateJob", { JobName: JOB, JobUpdate })).code).toBe("InvalidInputException");
  });

  it("keeps a visual job's graph when it is left out, though JobMode becomes SCRIPT", async () => {
    const graph = {
      "node-1": { S3CsvSource: { Name: "in", Paths: ["s3://b/p"], Separator: "comma", QuoteChar: "quote" } },
    };
    const glue = testGlue();
    const created = jobInput({ JobMode: "VISUAL", CodeGenConfigurationNodes: graph });
    await glue.call("CreateJob", { ...created, Command: { Name: "glueetl" } });
    await glue.call("UpdateJob", { JobName: JOB, JobUpdate: MINIMAL });
    expect(await jobOf(glue)).toMatchObject({ JobMode: "SCRIPT", CodeGenConfigurationNodes: graph });
    await glue.call("UpdateJob", { JobName: JOB, JobUpdate: { ...MINIMAL, CodeGenConfigurationNodes: {} } });
    expect(await jobOf(glue)).not.toHaveProperty("CodeGenConfigurationNodes");
  });

  it("answers EntityNotFoundException for a missing job", async () => {
    const fault = await testGlue().fault("UpdateJob", { JobName: "none", JobUpdate: MINIMAL });
    expect(fault.code).toBe("EntityNotFoundException");
  });
});

describe("members of a future API", () => {
  const planted = { CostCenter: "42", Command: { Engine: "spark-next" } };

  async function withPlanted(): Promise<TestGlue> {
    const glue = await withJob();
    await glue.control("plant-members", { jobName: JOB, members: planted });
    return glue;
  }

  it.each([
    ["GetJob", { JobName: JOB }, (reply: Record<string, unknown>) => reply["Job"]],
    ["GetJobs", {}, (reply: Record<string, unknown>) => (reply["Jobs"] as unknown[])[0]],
    [
      "BatchGetJobs",
      { JobNames: [JOB] },
      (reply: Record<string, unknown>) => (reply["Jobs"] as unknown[])[0],
    ],
  ])("are answered by %s", async (operation, input, pick) => {
    const glue = await withPlanted();
    expect(pick(await glue.call(operation, input))).toMatchObject(planted);
  });

  it("are kept when UpdateJob sends them", async () => {
    const glue = await withPlanted();
    const JobUpdate = { ...MINIMAL, CostCenter: "43", Command: { ...COMMAND, Engine: "spark-next" } };
    await glue.call("UpdateJob", { JobName: JOB, JobUpdate });
    expect(await jobOf(glue)).toMatchObject({
      CostCenter: "43",
      Command: { ...COMMAND, Engine: "spark-next" },
    });
  });

  it("are removed when UpdateJob leaves them out, and can be set again", async () => {
    const glue = await withPlanted();
    await glue.call("UpdateJob", { JobName: JOB, JobUpdate: MINIMAL });
    expect(await jobOf(glue)).not.toHaveProperty("CostCenter");
    expect((await jobOf(glue))["Command"]).toEqual(COMMAND);
    await glue.call("UpdateJob", { JobName: JOB, JobUpdate: { ...MINIMAL, CostCenter: "42" } });
    expect(await jobOf(glue)).toMatchObject({ CostCenter: "42" });
  });
});
