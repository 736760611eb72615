import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { CreateJobCommand, GlueClient } from "@aws-sdk/client-glue";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { mapLimited } from "../../src/base/limit.ts";
import type { BenchContext } from "./bench.ts";
import { type Measured, measure } from "./measure.ts";
import { glueScript } from "./scripts.ts";

/** Jobs in an embedded AWS of their own, and a checkout with a script for each. */
export interface DeployWorld {
  /** The checkout. */
  readonly folder: string;
  readonly bucket: string;
  readonly jobs: readonly string[];
  /** What points a client at the embedded AWS. */
  readonly environment: Readonly<Record<string, string>>;
  /** Writes every script anew, so that a deploy changes every job. */
  changeAll(): Promise<void>;
  /** Writes the first script anew. */
  changeOne(): Promise<void>;
  /** The built action as a runner starts it. */
  deploy(options?: DeployRun): Promise<Deployed>;
  /** Operations called since this was last asked. */
  calls(): Promise<Readonly<Record<string, number>>>;
  /** A control verb of the embedded AWS. */
  control(verb: string, input: unknown): Promise<void>;
  stop(): Promise<void>;
}

export interface DeployRun {
  readonly watched?: boolean;
  readonly validate?: boolean;
  /** More inputs, as the runner passes them. */
  readonly inputs?: Readonly<Record<string, string>>;
}

export interface Deployed extends Measured {
  readonly result: string;
  readonly changed: number;
}

const account = "000000000000";
const scriptLines = 300;

/** Starts an embedded AWS as a process of its own, with that many jobs that run an old script. */
export async function deployWorld(context: BenchContext, count: number): Promise<DeployWorld> {
  const { root, home } = context;
  const folder = join(home, `checkout-${count}`);
  const bucket = `bench-scripts-${count}`;
  const jobs = Array.from({ length: count }, (_, index) => `bench-job_${index}-dev`);
  const { child, environment } = await startSandbox(root);
  const endpoint = environment["AWS_ENDPOINT_URL"] ?? "";
  await createJobs(environment, bucket, jobs);
  await mkdir(join(folder, "glue_jobs"), { recursive: true });
  await writeFile(join(folder, "glue-pipeline.yml"), manifest(bucket));
  let version = 0;
  const post = (path: string, input: unknown): Promise<Response> =>
    fetch(`${endpoint}/_sandbox/${path}`, { method: "POST", body: JSON.stringify(input) });
  const world: DeployWorld = {
    folder,
    bucket,
    jobs,
    environment,
    changeAll: async () => {
      version += 1;
      await mapLimited(jobs, 16, (_, index) =>
        writeFile(
          join(folder, "glue_jobs", `job_${index}.py`),
          glueScript(scriptLines, version * 10_000 + index),
        ),
      );
    },
    changeOne: () =>
      writeFile(join(folder, "glue_jobs/job_0.py"), glueScript(scriptLines, (version + 1) * 10_000)),
    deploy: (options = {}) => runDeploy(context, world, options),
    calls: async () => (await (await post("calls", {})).json()) as Record<string, number>,
    control: async (verb, input) => {
      const answer = await post(`glue/${verb}`, input);
      if (!answer.ok) throw new Error(await answer.text());
    },
    stop: async () => {
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    },
  };
  await world.changeAll();
  return world;
}

async function startSandbox(
  root: string,
): Promise<{ readonly child: ChildProcess; readonly environment: Record<string, string> }> {
  const child = spawn(process.execPath, [join(root, "sandbox/cli.ts"), "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const environment: Record<string, string> = {};
  for await (const line of createInterface({ input: child.stdout })) {
    const [, name, value] = /^export (\w+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined) environment[name] = value ?? "";
    if (line === "ready") return { child, environment };
  }
  throw new Error("the embedded AWS did not start");
}

async function createJobs(
  environment: Readonly<Record<string, string>>,
  bucket: string,
  jobs: readonly string[],
): Promise<void> {
  const config = {
    endpoint: environment["AWS_ENDPOINT_URL"] ?? "",
    region: "us-east-1",
    credentials: {
      accessKeyId: environment["AWS_ACCESS_KEY_ID"] ?? "",
      secretAccessKey: environment["AWS_SECRET_ACCESS_KEY"] ?? "",
    },
  };
  const s3 = new S3Client(config);
  const glue = new GlueClient(config);
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await mapLimited(jobs, 16, (name) =>
    glue.send(
      new CreateJobCommand({
        Name: name,
        Role: `arn:aws:iam::${account}:role/glue`,
        GlueVersion: "5.0",
        WorkerType: "G.1X",
        NumberOfWorkers: 2,
        DefaultArguments: { "--job-language": "python", "--enable-metrics": "true" },
        Command: { Name: "glueetl", ScriptLocation: "s3://old-scripts/job.py", PythonVersion: "3" },
      }),
    ),
  );
  s3.destroy();
  glue.destroy();
}

function manifest(bucket: string): string {
  return `version: 1
name: bench
environments: { dev: { region: us-east-1, account: "${account}" } }
scripts: { bucket: ${bucket}, prefix: glue_jobs/ }
defaults: { glue-version: "5.0" }
jobs: { all: { script: "glue_jobs/*.py", job: "bench-\${stem}-\${environment}" } }
`;
}

async function runDeploy(
  { root, python, env, home }: BenchContext,
  world: DeployWorld,
  { watched = false, validate = false, inputs = {} }: DeployRun,
): Promise<Deployed> {
  const outputs = join(home, "outputs");
  await writeFile(outputs, "");
  const run = await measure(python, [process.execPath, join(root, "actions/deploy-glue/dist/index.js")], {
    cwd: world.folder,
    watched,
    env: {
      ...env,
      ...world.environment,
      GITHUB_WORKSPACE: world.folder,
      GITHUB_OUTPUT: outputs,
      INPUT_VALIDATE: String(validate),
      INPUT_PYTHON: python,
      ...inputs,
    },
  });
  const text = await readFile(outputs, "utf8");
  if (run.exitCode !== 0) throw new Error(`the deploy failed:\n${run.output.slice(-2_000)}`);
  return {
    ...run,
    result: outputOf(text, "result"),
    changed: (JSON.parse(outputOf(text, "jobs-changed")) as unknown[]).length,
  };
}

/** One output of the runner's file, which has `name<<delimiter` blocks. */
function outputOf(text: string, name: string): string {
  return new RegExp(`^${name}<<(.+)\\n(.*)\\n\\1$`, "m").exec(text)?.[2] ?? "";
}
