import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { describe, expect, it } from "vitest";
import { logGroups, logStream, type RunLogs, tailRunLogs } from "../../src/aws/logs.ts";
import { patience, useClients } from "./support.ts";

const spark: RunLogs = {
  runId: "jr_1",
  command: "glueetl",
  glueVersion: "5.0",
  arguments: {},
  securityConfiguration: undefined,
  role: "glue",
  startedOn: undefined,
  completedOn: undefined,
};

describe("logGroups", () => {
  it.each<[string, Partial<RunLogs>, string[]]>([
    ["Glue 5", {}, ["/aws-glue/jobs/output", "/aws-glue/jobs/error"]],
    [
      "Glue 4",
      { glueVersion: "4.0" },
      ["/aws-glue/jobs/logs-v2", "/aws-glue/jobs/error", "/aws-glue/jobs/output"],
    ],
    [
      "Python shell",
      { command: "pythonshell" },
      ["/aws-glue/python-jobs/error", "/aws-glue/python-jobs/output"],
    ],
    [
      "a prefix of the job's own",
      { arguments: { "--custom-logGroup-prefix": "/my" } },
      ["/my/output", "/my/error"],
    ],
    [
      "a security configuration",
      { securityConfiguration: "sec" },
      ["/aws-glue/jobs/sec-role/glue/output", "/aws-glue/jobs/sec-role/glue/error"],
    ],
  ])("%s", (_, more, groups) => {
    expect(logGroups({ ...spark, ...more })).toEqual(groups);
  });
});

describe("logStream", () => {
  it.each<[string, Partial<RunLogs>, string]>([
    ["the run's id", {}, "jr_1"],
    ["a prefix in its place (Glue 5)", { arguments: { "--custom-logStream-prefix": "mine" } }, "mine"],
    [
      "a prefix in its place (Glue 4)",
      { glueVersion: "4.0", arguments: { "--continuous-log-logStreamPrefix": "mine" } },
      "mine",
    ],
  ])("is %s", (_, more, stream) => {
    expect(logStream({ ...spark, ...more })).toBe(stream);
  });
});

describe("tailRunLogs", () => {
  const aws = useClients();

  it("reads the run's own streams from the groups that exist", async () => {
    const logGroupName = "/aws-glue/jobs/output";
    await aws.clients.logs.send(new CreateLogGroupCommand({ logGroupName }));
    const now = Date.now();
    for (const [stream, text] of [
      ["jr_1-driver", "one\ntwo\n"],
      ["jr_2-driver", "other"],
      ["jr_1_attempt_1-driver", "next"],
    ] as const) {
      await aws.clients.logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: stream }));
      await aws.clients.logs.send(
        new PutLogEventsCommand({
          logGroupName,
          logStreamName: stream,
          logEvents: [{ timestamp: now, message: text }],
        }),
      );
    }
    const run = { ...spark, startedOn: new Date(now - 1_000), completedOn: new Date(now + 1_000) };
    expect(await tailRunLogs(aws.clients.logs, run, patience())).toEqual(["one", "two"]);
  });
});
