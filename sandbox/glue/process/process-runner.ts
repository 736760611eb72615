import { mkdir, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import * as z from "zod";
import type { JobRunner, JobRunOutcome, JobRunRequest } from "../job-runs/job-runner.ts";
import { credentialsFor } from "../upstream.ts";
import type { World } from "../world.ts";
import { LaunchError } from "./fetch-object.ts";
import { type RunLogs, runLogs } from "./log-groups.ts";
import { createLogWriter, type LogWriter } from "./log-writer.ts";
import { prepareRun } from "./prepare-run.ts";
import type { ScriptCache } from "./script-cache.ts";
import { type PythonProcess, spawnPython } from "./spawn-python.ts";

const RUN_JOB = resolve(import.meta.dirname, "../../spark/run_job.py");

/** run_job.py's result file. */
const Result = z.object({
  state: z.enum(["SUCCEEDED", "FAILED"]),
  errorMessage: z.string().nullish(),
  bookmark: z.unknown(),
  committed: z.boolean(),
});

/** Runs jobs for real: the script from S3, Python and Spark in a process group, lines to CloudWatch Logs. */
export function createProcessRunner(world: World, cache: ScriptCache): JobRunner {
  return {
    start(request, running) {
      const job: Job = { world, cache, request, logs: runLogs(request), stopped: false, process: undefined };
      return {
        outcome: run(job, running),
        stop() {
          job.stopped = true;
          job.process?.kill();
        },
      };
    },
  };
}

interface Job {
  readonly world: World;
  readonly cache: ScriptCache;
  readonly request: JobRunRequest;
  readonly logs: RunLogs;
  stopped: boolean;
  process: PythonProcess | undefined;
}

async function run(job: Job, running: () => void): Promise<JobRunOutcome> {
  const { world, request, logs } = job;
  const folder = join(world.options.workFolder, "runs", request.runId);
  const writer = createLogWriter(world.upstream(request.caller).logs, world.clock.now);
  try {
    await mkdir(folder, { recursive: true });
    const outcome = await runIn(job, folder, writer, running);
    writer.write(
      logs.system,
      `Job run ${request.runId} ended: ${outcome.state} ${outcome.errorMessage ?? ""}`.trim(),
    );
    return outcome;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    writer.write(logs.system, message);
    return error instanceof LaunchError
      ? { state: "FAILED", errorMessage: message }
      : { state: "FAILED", errorMessage: `Internal service error: ${message}` };
  } finally {
    await writer.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function runIn(
  job: Job,
  folder: string,
  writer: LogWriter,
  running: () => void,
): Promise<JobRunOutcome> {
  const { world, request, logs } = job;
  const { specFile, resultFile } = await prepareRun(world, job.cache, request, folder);
  if (job.stopped) return { state: "STOPPED" };
  job.process = spawnPython({
    python: world.options.python,
    args: [RUN_JOB, specFile],
    cwd: folder,
    env: processEnvironment(job),
    onLine: (stream, line) => writer.write(logs[stream], line),
  });
  running();
  const exitCode = await job.process.exit;
  return readOutcome(resultFile, exitCode);
}

async function readOutcome(resultFile: string, exitCode: number | null): Promise<JobRunOutcome> {
  const text = await readFile(resultFile, "utf8").catch(() => undefined);
  if (text === undefined)
    return { state: "FAILED", errorMessage: `Command failed with exit code ${exitCode ?? 1}` };
  const result = Result.parse(JSON.parse(text));
  return {
    state: result.state,
    ...(result.errorMessage ? { errorMessage: result.errorMessage } : {}),
    ...(result.committed ? { bookmark: { state: result.bookmark ?? null } } : {}),
  };
}

function processEnvironment({ world, request }: Job): Record<string, string> {
  const { accessKeyId, secretAccessKey } = credentialsFor(request.caller);
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: request.caller.region,
    AWS_DEFAULT_REGION: request.caller.region,
    AWS_ENDPOINT_URL: world.options.front,
    AWS_EC2_METADATA_DISABLED: "true",
    PYTHONUNBUFFERED: "1",
    ...(world.options.java ? { JAVA_HOME: world.options.java } : {}),
  };
}
