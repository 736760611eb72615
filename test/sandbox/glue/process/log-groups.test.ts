import { describe, expect, it } from "vitest";
import { runLogs } from "../../../../sandbox/glue/process/log-groups.ts";

const CONTINUOUS = { "--enable-continuous-cloudwatch-log": "true" };
const target = (group: string, stream: string) => ({ group, stream });

describe("runLogs", () => {
  it.each([
    [
      "Glue 5.0",
      "glueetl",
      "5.0",
      {},
      target("/aws-glue/jobs/output", "jr-driver"),
      target("/aws-glue/jobs/output", "jr-driver"),
      target("/aws-glue/jobs/error", "jr-driver"),
    ],
    [
      "Glue 5.0 with prefixes",
      "glueetl",
      "5.0",
      { "--custom-logGroup-prefix": "/mine", "--custom-logStream-prefix": "s" },
      target("/mine/output", "s-driver"),
      target("/mine/output", "s-driver"),
      target("/mine/error", "s-driver"),
    ],
    [
      "Glue 4.0",
      "glueetl",
      "4.0",
      {},
      target("/aws-glue/jobs/output", "jr"),
      target("/aws-glue/jobs/error", "jr"),
      target("/aws-glue/jobs/error", "jr"),
    ],
    [
      "Glue 4.0, continuous",
      "glueetl",
      "4.0",
      CONTINUOUS,
      target("/aws-glue/jobs/logs-v2", "jr-driver"),
      target("/aws-glue/jobs/logs-v2", "jr-driver"),
      target("/aws-glue/jobs/logs-v2", "jr-driver"),
    ],
    [
      "Glue 4.0, continuous, own group",
      "glueetl",
      "4.0",
      { ...CONTINUOUS, "--continuous-log-logGroup": "/g" },
      target("/g", "jr-driver"),
      target("/g", "jr-driver"),
      target("/g", "jr-driver"),
    ],
    [
      "Python shell",
      "pythonshell",
      undefined,
      {},
      target("/aws-glue/python-jobs/output", "jr"),
      target("/aws-glue/python-jobs/error", "jr"),
      target("/aws-glue/python-jobs/error", "jr"),
    ],
  ])("%s", (_name, command, glueVersion, given, stdout, stderr, system) => {
    expect(runLogs({ runId: "jr", command, glueVersion, arguments: given })).toEqual({
      stdout,
      stderr,
      system,
    });
  });
});
