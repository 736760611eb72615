import { isAtLeast } from "../glue-versions.ts";

/** A stream in CloudWatch Logs. */
export interface LogTarget {
  readonly group: string;
  readonly stream: string;
}

/** Where a run's lines go, by kind. */
export interface RunLogs {
  readonly stdout: LogTarget;
  readonly stderr: LogTarget;
  /** What Glue itself says about the run. */
  readonly system: LogTarget;
}

interface LoggedRun {
  readonly runId: string;
  readonly command: string;
  readonly glueVersion: string | undefined;
  readonly arguments: Readonly<Record<string, string>>;
}

/**
 * Glue 5.0 and later: the script's stdout and stderr in `output`, the system's lines in `error`, streams
 * `<run id>-driver`; with continuous logging up to 4.0 all of it in `logs-v2`, without it stdout and stderr apart under
 * the run id; Python shell has its own groups (developer guide, monitor-continuous-logging and add-job-python).
 */
export function runLogs(run: LoggedRun): RunLogs {
  if (run.command === "pythonshell") return apart("/aws-glue/python-jobs", run.runId);
  const prefix = run.arguments["--custom-logGroup-prefix"] ?? "/aws-glue/jobs";
  if (isAtLeast(run.glueVersion ?? "auto", "5.0")) {
    const stream = `${run.arguments["--custom-logStream-prefix"] ?? run.runId}-driver`;
    const output = { group: `${prefix}/output`, stream };
    return { stdout: output, stderr: output, system: { group: `${prefix}/error`, stream } };
  }
  if (run.arguments["--enable-continuous-cloudwatch-log"] === "true") return continuous(run);
  return apart("/aws-glue/jobs", run.runId);
}

function continuous(run: LoggedRun): RunLogs {
  const group = run.arguments["--continuous-log-logGroup"] ?? "/aws-glue/jobs/logs-v2";
  const prefix = run.arguments["--continuous-log-logStreamPrefix"] ?? run.runId;
  const target = { group, stream: `${prefix}-driver` };
  return { stdout: target, stderr: target, system: target };
}

function apart(base: string, stream: string): RunLogs {
  const error = { group: `${base}/error`, stream };
  return { stdout: { group: `${base}/output`, stream }, stderr: error, system: error };
}
