import { describe, expect, it } from "vitest";
import { CALLER, jobInput, testGlue } from "../support.ts";

describe("the service model rejects", () => {
  it.each<[string, string, object, string, string]>([
    [
      "a required member left out",
      "GetJob",
      {},
      "ValidationException",
      "Value null at 'jobName' failed to satisfy constraint: Member must not be null",
    ],
    [
      "null for a required member",
      "GetJob",
      { JobName: null },
      "ValidationException",
      "Member must not be null",
    ],
    [
      "a name above its length",
      "GetJob",
      { JobName: "n".repeat(256) },
      "ValidationException",
      "Member must have length less than or equal to 255",
    ],
    [
      "an empty name",
      "GetJob",
      { JobName: "" },
      "ValidationException",
      "Member must have length greater than or equal to 1",
    ],
    [
      "a value outside its enum",
      "CreateJob",
      jobInput({ WorkerType: "G.1" }),
      "ValidationException",
      "Value 'G.1' at 'workerType' failed to satisfy constraint: Member must satisfy enum value set: [Standard, G.1X",
    ],
    [
      "a value that breaks its pattern",
      "CreateJob",
      jobInput({ MaintenanceWindow: "Someday" }),
      "ValidationException",
      "Member must satisfy regular expression pattern",
    ],
    [
      "a character outside the single-line pattern",
      "GetJob",
      { JobName: "a\nb" },
      "ValidationException",
      "regular expression",
    ],
    [
      "a delay of 0",
      "CreateJob",
      jobInput({ NotificationProperty: { NotifyDelayAfter: 0 } }),
      "ValidationException",
      "at 'notificationProperty.notifyDelayAfter' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      "a page above 200 runs",
      "GetJobRuns",
      { JobName: "j", MaxResults: 201 },
      "ValidationException",
      "less than or equal to 200",
    ],
    [
      "more than 25 runs to stop",
      "BatchStopJobRun",
      { JobName: "j", JobRunIds: Array.from({ length: 26 }, () => "jr") },
      "ValidationException",
      "at 'jobRunIds' failed to satisfy constraint: Member must have length less than or equal to 25",
    ],
    [
      "a tag key above 128 characters",
      "CreateJob",
      jobInput({ Tags: { ["k".repeat(129)]: "v" } }),
      "ValidationException",
      "Map keys must satisfy constraint",
    ],
    [
      "a number for a string",
      "GetJob",
      { JobName: 7 },
      "SerializationException",
      "NUMBER_VALUE can not be converted to string at 'jobName'",
    ],
    [
      "a string for a structure",
      "CreateJob",
      jobInput({ Command: "glueetl" }),
      "SerializationException",
      "can not be converted to structure",
    ],
    [
      "a fraction for an integer",
      "CreateJob",
      jobInput({ MaxRetries: 1.5 }),
      "SerializationException",
      "integer",
    ],
  ])("%s", async (_name, operation, input, code, message) => {
    const fault = await testGlue().fault(operation, input);
    expect(fault).toMatchObject({ code, status: 400 });
    expect(fault.message).toContain(message);
  });

  it("everything wrong at once, counted", async () => {
    const { message } = await testGlue().fault("CreateJob", {});
    expect(message).toMatch(/^3 validation errors detected: .*'name'.*'role'.*'command'/);
  });

  it("text that is not JSON", async () => {
    const { api } = testGlue();
    await expect(api.handle("GetJob", "{", CALLER)).rejects.toMatchObject({ code: "SerializationException" });
  });
});

describe("operations", () => {
  it.each(["UpdateJob", "ResetJobBookmark", "StartCrawler", "GetTags", "StartTrigger", "CreateWorkflow"])(
    "has %s",
    (name) => {
      expect(testGlue().api.operations).toContain(name);
    },
  );

  it.each(["GetTable", "CreateDatabase", "BatchCreatePartition", "GetPartitionIndexes"])(
    "leaves %s to the upstream",
    (name) => {
      expect(testGlue().api.operations).not.toContain(name);
    },
  );

  it.each(["StartTrigger", "CreateWorkflow", "CreateSession"])("refuses %s by name", async (name) => {
    const fault = await testGlue().fault(name);
    expect(fault.code).toBe("OperationNotSupportedException");
    expect(fault.message).toContain(name);
  });
});
