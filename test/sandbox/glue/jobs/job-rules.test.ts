import { describe, expect, it } from "vitest";
import { jobInput, testGlue } from "../support.ts";

const SHELL = { Command: { Name: "pythonshell", ScriptLocation: "s3://b/k.py", PythonVersion: "3.9" } };
const STREAM = { Command: { Name: "gluestreaming", ScriptLocation: "s3://b/k.py" } };
const RAY = {
  Command: { Name: "glueray", ScriptLocation: "s3://b/k.py", PythonVersion: "3.9", Runtime: "Ray2.4" },
  WorkerType: "Z.2X",
  NumberOfWorkers: 2,
};
const WORKERS = { WorkerType: "G.1X", NumberOfWorkers: 2 };

describe("CreateJob rejects", () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    [
      "MaxCapacity beside workers",
      { ...WORKERS, MaxCapacity: 2 },
      /^Please do not set Max Capacity if using Worker Type and/,
    ],
    [
      "AllocatedCapacity beside workers",
      { ...WORKERS, AllocatedCapacity: 2 },
      /^Please do not set Allocated Capacity/,
    ],
    [
      "both capacities",
      { MaxCapacity: 2, AllocatedCapacity: 2 },
      /^Please set only Allocated Capacity or Max Capacity/,
    ],
    ["a worker type alone", { WorkerType: "G.1X" }, /^Please set both Worker Type and Number of Workers/],
    ["a number of workers alone", { NumberOfWorkers: 2 }, /^Please set both/],
    ["a fractional capacity of a Spark job", { MaxCapacity: 2.5 }, /whole number/],
    ["workers on a Python shell job", { ...SHELL, ...WORKERS }, /Python shell/],
    ["2 DPU for a Python shell job", { ...SHELL, MaxCapacity: 2 }, /0\.0625 or 1/],
    ["FLEX on a Python shell job", { ...SHELL, ExecutionClass: "FLEX" }, /glueetl/],
    ["FLEX before Glue 3.0", { GlueVersion: "2.0", ExecutionClass: "FLEX" }, /3\.0/],
    ["FLEX on G.4X", { ExecutionClass: "FLEX", WorkerType: "G.4X", NumberOfWorkers: 2 }, /G\.1X or G\.2X/],
    ["a maintenance window on a batch job", { MaintenanceWindow: "Sun:10" }, /streaming/],
    ["11 retries", { MaxRetries: 11 }, /0 to 10/],
    ["a timeout of 0 on a batch job", { Timeout: 0 }, /Timeout/],
    ["a timeout on a Ray job", { ...RAY, Timeout: 60 }, /^Timeout not supported for Ray jobs$/],
    ["a Ray job without workers", { Command: RAY.Command }, /only \[Z\.2X\] worker types/],
    ["a Ray job on G.1X", { ...RAY, WorkerType: "G.1X" }, /only \[Z\.2X\] worker types/],
    [
      "a Ray job without a runtime",
      { ...RAY, Command: { ...RAY.Command, Runtime: undefined } },
      /^Runtime parameter is required for GlueRay command$/,
    ],
    ["a timeout above 7 days", { Timeout: 10_081 }, /10080/],
    ["version auto without retries", { GlueVersion: "auto" }, /Max Retries/],
    ["an unknown Glue version", { GlueVersion: "7.7" }, /not supported/],
    ["an unknown command", { Command: { Name: "cobol" } }, /Command name/],
    ["a role that is none", { Role: "not a role!" }, /not valid/],
    ["arguments above 260 KB", { DefaultArguments: { "--big": "x".repeat(261 * 1024) } }, /260 KB/],
  ])("%s", async (_name, more, message) => {
    const fault = await testGlue().fault("CreateJob", jobInput(more));
    expect(fault).toMatchObject({ code: "InvalidInputException", status: 400 });
    expect(fault.message).toMatch(message);
  });
});

describe("CreateJob accepts", () => {
  it.each<[string, Record<string, unknown>]>([
    ["0.0625 DPU for a Python shell job", { ...SHELL, MaxCapacity: 0.0625 }],
    ["FLEX on G.2X", { ExecutionClass: "FLEX", WorkerType: "G.2X", NumberOfWorkers: 2 }],
    ["a timeout of 0 on a streaming job", { ...STREAM, Timeout: 0 }],
    ["a Ray job without a timeout", RAY],
    ["a maintenance window on a streaming job", { ...STREAM, MaintenanceWindow: "Sun:10" }],
    ["a role's ARN", { Role: "arn:aws:iam::000000000000:role/path/glue" }],
    ["version auto with retries", { GlueVersion: "auto", MaxRetries: 1 }],
  ])("%s", async (_name, more) => {
    const input = jobInput(more);
    expect(await testGlue().call("CreateJob", input)).toEqual({ Name: input["Name"] });
  });
});
