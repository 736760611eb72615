import { randomUUID } from "node:crypto";
import { CreateJobCommand, type CreateJobCommandInput } from "@aws-sdk/client-glue";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { onTestFinished } from "vitest";
import { type AwsClients, createClients } from "../../../src/aws/clients.ts";
import { getRawJob } from "../../../src/aws/raw-exchange.ts";
import type { RawJob } from "../../../src/aws/raw-job.ts";
import { type Clock, systemClock } from "../../../src/base/clock.ts";
import type { ProgressEvent } from "../../../src/base/progress.ts";
import { type DeployOptions, deploy } from "../../../src/deploy/deploy.ts";
import type { Place, Provenance } from "../../../src/deploy/place.ts";
import type { DeployResult } from "../../../src/deploy/result.ts";
import type { JobEntry, Manifest } from "../../../src/manifest/manifest.ts";
import type { ResolvedJob } from "../../../src/scripts/resolve.ts";
import { sandboxAccount, useSandboxEnvironment } from "../../support/aws-environment.ts";
import { workspaceWith } from "../../support/workspace.ts";

export const provenance: Provenance = {
  commit: "4f2d9c81b0de7a6655443322110000aabbccddee",
  repository: "acme/datalake",
  runId: "1001",
  actor: "ana",
};

export interface DeployWorld {
  readonly clients: AwsClients;
  readonly bucket: string;
  readonly place: Place;
  /** Everything that was reported, `aws.call` included. */
  readonly events: readonly ProgressEvent[];
  readonly jobs: readonly ResolvedJob[];
  readonly manifest: Manifest;
  /** Deploys with the world's jobs and workspace; options given here win. */
  release(options?: Partial<DeployOptions>): Promise<DeployResult>;
  live(index?: number): Promise<RawJob>;
  scriptLocations(): Promise<readonly unknown[]>;
  /** Operations called since the last time this was asked. */
  operations(): readonly string[];
}

export interface WorldOptions {
  readonly jobs?: number;
  readonly files?: Readonly<Record<string, string>>;
  readonly extraPyFiles?: readonly string[];
  readonly definition?: Partial<CreateJobCommandInput>;
  readonly clock?: Clock;
}

interface Fault {
  readonly operation: string;
  readonly count: number;
  readonly code: string;
  readonly status?: number;
  readonly message?: string;
  /** The call does its work first. */
  readonly after?: boolean;
}

export interface DeployWorlds {
  deployWorld(options?: WorldOptions): Promise<DeployWorld>;
  /** Makes the next calls of a Glue operation fail, until the test ends. */
  failNext(fault: Fault): Promise<void>;
  /** Operations that reached the sandbox since this was last asked, with how often. */
  calls(): Readonly<Record<string, number>>;
  /** A control verb of the sandbox's Glue. */
  control(verb: string, input: unknown): Promise<unknown>;
}

/** A sandbox for the tests of a file, in which each test has a world of its own. */
export function useDeployWorlds(): DeployWorlds {
  const sandbox = useSandboxEnvironment();
  const control = (verb: string, input: unknown): Promise<unknown> => sandbox.current.control(verb, input);
  return {
    deployWorld,
    control,
    calls: () => sandbox.current.calls(),
    failNext: async (fault) => {
      onTestFinished(async () => {
        await control("throttle", { operation: fault.operation, clear: true });
      });
      await control("throttle", fault);
    },
  };
}

/** A bucket, jobs that run an old script, and a workspace with the new ones, under names of their own. */
async function deployWorld(options: WorldOptions = {}): Promise<DeployWorld> {
  const id = randomUUID().slice(0, 8);
  const bucket = `scripts-${id}`;
  const events: ProgressEvent[] = [];
  const progress = (event: ProgressEvent): void => void events.push(event);
  const clients = createClients({ region: "us-east-1", progress });
  onTestFinished(() => clients.destroy());
  await clients.s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const jobs = Array.from({ length: options.jobs ?? 1 }, (_, index) => resolvedJob(id, index, options));
  for (const { job } of jobs) await createJob(clients, job, options.definition);
  const files = Object.fromEntries(jobs.map(({ script }) => [script, `print("${script}")\n`]));
  const workspace = await workspaceWith({ ...files, ...options.files });
  const clock = options.clock ?? systemClock;
  const place: Place = {
    clients,
    clock,
    signal: undefined,
    progress,
    environment: "dev",
    region: "us-east-1",
    bucket: { name: bucket, owner: sandboxAccount },
    prefix: "glue_jobs/",
  };
  const manifest = manifestOf(bucket, sandboxAccount, jobs);
  const defaults: DeployOptions = {
    manifest,
    jobs,
    workspace,
    mode: "deploy",
    subset: [],
    allowGlueVersionChange: false,
    onRunning: "warn",
    provenance,
    clients,
    clock,
    progress,
  };
  const live = (index = 0): Promise<RawJob> => getRawJob(clients.glue, jobs[index]?.job ?? "");
  const world: DeployWorld = {
    clients,
    bucket,
    place,
    events,
    jobs,
    manifest,
    live,
    release: (changes = {}) => deploy({ ...defaults, ...changes }),
    scriptLocations: () => Promise.all(jobs.map(async (_, index) => scriptLocation(await live(index)))),
    operations: () =>
      events
        .splice(0)
        .filter(({ code }) => code === "aws.call")
        .map(({ data }) => String(data?.["operation"])),
  };
  world.operations();
  return world;
}

export function manifestOf(
  bucket: string,
  account: string | undefined = sandboxAccount,
  jobs: readonly JobEntry[] = [],
): Manifest {
  return {
    path: "glue-pipeline.yml",
    name: "acme",
    environment: { name: "dev", region: "us-east-1", account },
    environmentNames: ["dev"],
    scripts: { bucket, prefix: "glue_jobs/" },
    jobs,
    e2e: undefined,
  };
}

function resolvedJob(id: string, index: number, { extraPyFiles = [] }: WorldOptions): ResolvedJob {
  return {
    key: `job-${index}`,
    job: `acme-job-${index}-${id}`,
    script: `glue_jobs/script_${index}.py`,
    glueVersion: "5.0",
    pythonVersion: undefined,
    extraPyFiles,
    line: undefined,
  };
}

async function createJob(
  clients: AwsClients,
  name: string,
  definition: Partial<CreateJobCommandInput> = {},
): Promise<void> {
  await clients.glue.send(
    new CreateJobCommand({
      Name: name,
      Role: "arn:aws:iam::000000000000:role/glue",
      GlueVersion: "5.0",
      WorkerType: "G.1X",
      NumberOfWorkers: 2,
      Command: { Name: "glueetl", ScriptLocation: "s3://old-scripts/job.py", PythonVersion: "3" },
      ...definition,
    }),
  );
}

function scriptLocation(job: RawJob): unknown {
  return (job["Command"] as { ScriptLocation?: string } | undefined)?.ScriptLocation;
}
