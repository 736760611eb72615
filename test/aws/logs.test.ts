import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { describe, expect, it } from "vitest";
import { excerpt, logGroups, type RunLogs, tailRunLogs } from "../../src/aws/logs.ts";
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

describe("excerpt", () => {
  it("begins two lines before the last traceback", () => {
    const lines = [
      "a",
      "Traceback (most recent call last):",
      "old",
      "b",
      "c",
      "Traceback (most recent call last):",
      '  File "x.py", line 1',
      "ValueError: no",
    ];
    expect(excerpt(lines)).toEqual(lines.slice(3));
  });

  it("begins two lines before the place of a script that does not compile", () => {
    const lines = [
      "a",
      "b",
      "c",
      '  File "/tmp/x.py", line 294',
      '    F.col("x")',
      "IndentationError: unexpected indent",
    ];
    expect(excerpt(lines)).toEqual(lines.slice(1));
  });

  it("is the end of a log without one", () => {
    expect(
      excerpt(
        Array.from({ length: 100 }, (_, index) => String(index)),
        2,
      ),
    ).toEqual(["98", "99"]);
  });
});
