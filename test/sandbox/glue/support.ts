import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect } from "vitest";
import { ensureEnvironment } from "../../../sandbox/environment/ensure.ts";
import { type Caller, createGlueApi, type GlueApi, GlueFault } from "../../../sandbox/glue/api.ts";
import type { JobRunner, JobRunOutcome, JobRunRequest } from "../../../sandbox/glue/job-runs/job-runner.ts";

export const CALLER: Caller = { accountId: "000000000000", region: "us-east-1", accessKeyId: "test" };
export const JOB = "silver-consolidation";
const NOWHERE = "http://127.0.0.1:1";

/** The sandbox's own Python, whose botocore brings the service model; built where it is missing. */
export const { python } = await ensureEnvironment({ environment: process.env, progress: () => undefined });

/** A runner whose runs end when the test says so. */
export interface HeldRunner extends JobRunner {
  readonly requests: JobRunRequest[];
  end(runId: string, outcome: JobRunOutcome): Promise<void>;
}

export function heldRunner(): HeldRunner {
  const ends = new Map<string, (outcome: JobRunOutcome) => void>();
  const requests: JobRunRequest[] = [];
  return {
    requests,
    start(request, running) {
      requests.push(request);
      const { promise, resolve } = Promise.withResolvers<JobRunOutcome>();
      ends.set(request.runId, resolve);
      queueMicrotask(running);
      return { outcome: promise, stop: () => resolve({ state: "STOPPED" }) };
    },
    async end(runId, outcome) {
      ends.get(runId)?.(outcome);
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    },
  };
}

/** The API and shorthands over it, closed after the test. */
export interface TestGlue {
  readonly api: GlueApi;
  call(operation: string, input?: object, caller?: Caller): Promise<Record<string, never>>;
  control(verb: string, input: object): Promise<Record<string, unknown>>;
  /** The fault that a call answers with. */
  fault(operation: string, input?: object): Promise<{ code: string; message: string; status: number }>;
}

const open: GlueApi[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((api) => api.close()));
});

export function testGlue(jobRunner: JobRunner = heldRunner()): TestGlue {
  const workFolder = join(tmpdir(), "never-written");
  const api = createGlueApi({
    upstream: NOWHERE,
    front: NOWHERE,
    python,
    workFolder,
    jobRunner,
  });
  open.push(api);
  const call: TestGlue["call"] = async (operation, input = {}, caller = CALLER) =>
    (await api.handle(operation, JSON.stringify(input), caller)) as Record<string, never>;
  return {
    api,
    call,
    control: (verb, input) => api.control(verb, input, CALLER),
    async fault(operation, input) {
      const error = await call(operation, input).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(GlueFault);
      const { code, message, status } = error as GlueFault;
      return { code, message, status };
    },
  };
}

/** What CreateJob needs, and what the test adds. */
export function jobInput(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    Name: JOB,
    Role: "glue-role",
    Command: { Name: "glueetl", ScriptLocation: "s3://scripts/silver.py", PythonVersion: "3" },
    GlueVersion: "5.0",
    ...more,
  };
}

export async function jobOf(glue: TestGlue, name = JOB): Promise<Record<string, unknown>> {
  return (await glue.call("GetJob", { JobName: name }))["Job"] as unknown as Record<string, unknown>;
}

export async function runOf(glue: TestGlue, RunId: string): Promise<Record<string, unknown>> {
  const { JobRun } = await glue.call("GetJobRun", { JobName: JOB, RunId });
  return JobRun as unknown as Record<string, unknown>;
}

export async function startRun(glue: TestGlue, more: object = {}): Promise<string> {
  const { JobRunId } = await glue.call("StartJobRun", { JobName: JOB, ...more });
  return JobRunId as unknown as string;
}
