/** `npm run demo`: the incident of docs/incident.md, live on the embedded AWS, and how the toolkit would have stopped it. */
import { cp, mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { GlueClient } from "@aws-sdk/client-glue";
import { S3Client } from "@aws-sdk/client-s3";
import { startSandbox } from "../sandbox/start.ts";
import { messageOf } from "../src/base/errors.ts";
import { overwrite, runJob } from "./old-way.ts";
import { runAction } from "./run-action.ts";
import { openStage, type Stage, statusTable } from "./stage.ts";

const root = join(import.meta.dirname, "..");
const example = join(root, "examples", "medallion");
const reports = join(root, "reports", "demo");
const script = "glue_jobs/silver_consolidation_job.py";
const scriptsBucket = "datalake-pipeline-glue-scripts-dev";
const silverJob = "datalake-pipeline-silver-consolidation-dev";
const incidentError = "IndentationError: unexpected indent (silver_consolidation_job.py, line 294)";

interface Scenery {
  readonly stage: Stage;
  readonly workspace: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  control(verb: string, input: unknown): Promise<unknown>;
}

const abort = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const)
  process.on(name, () => abort.abort(new Error(`interrupted (${name})`)));

try {
  await demo();
} catch (thrown) {
  console.error(`\nThe demo stopped: ${messageOf(thrown)}`);
  process.exitCode = abort.signal.aborted ? 130 : 1;
}

async function demo(): Promise<void> {
  const stage = openStage();
  const workspace = await realpath(await mkdtemp(join(tmpdir(), "glue-toolkit-demo-")));
  await cp(example, workspace, { recursive: true });
  stage.say(
    "The incident of 2025-11-05, replayed on an AWS inside this machine: real HTTP, Spark, Lambda and SQL.",
  );
  const sandbox = await startSandbox({ port: 0, progress: stage.say, signal: abort.signal });
  try {
    const scenery: Scenery = {
      stage,
      workspace,
      environment: sandbox.environment,
      signal: abort.signal,
      control: (verb, input) => sandbox.control(verb, input),
    };
    await stage.scene(
      "build the pipeline",
      "Buckets, roles, the Lambda, the catalog, four Glue jobs and five crawlers, through the AWS APIs.",
      async () => {
        await sandbox.provision(example);
        return "provisioned";
      },
    );
    await theBrokenScript(scenery);
    await theOldWay(scenery);
    await theToolkitsWay(scenery);
  } finally {
    await sandbox.stop();
    await rm(workspace, { recursive: true, force: true });
  }
  stage.say(`\n${statusTable(stage.scenes)}\n\nReports: ${relative(process.cwd(), reports)}/`);
}

async function theBrokenScript({ stage, workspace, environment, signal }: Scenery): Promise<void> {
  await stage.scene(
    "validate-glue, broken script",
    "A refactoring left 230 lines after job.commit(). This is what the pull request shows:",
    async () => {
      await cp(join(workspace, "incident/silver_consolidation_job.py"), join(workspace, script));
      const code = await runAction(stage, {
        action: "validate-glue",
        inputs: { "findings-file": join(reports, "findings.json") },
        workspace,
        environment,
        signal,
      });
      expectThat(code === 1, "validate-glue should have failed on the broken script");
      return "stopped before anything was uploaded";
    },
  );
}

async function theOldWay({ stage, workspace, environment, signal, control }: Scenery): Promise<void> {
  const client = {
    endpoint: environment["AWS_ENDPOINT_URL"] ?? "",
    region: environment["AWS_REGION"] ?? "us-east-1",
    credentials: {
      accessKeyId: environment["AWS_ACCESS_KEY_ID"] ?? "",
      secretAccessKey: environment["AWS_SECRET_ACCESS_KEY"] ?? "",
    },
  };
  const [s3, glue] = [new S3Client({ ...client, forcePathStyle: true }), new GlueClient(client)];
  const key = "silver_consolidation_job.py";
  const failsWith = async (): Promise<string> => {
    const run = await runJob(glue, silverJob, signal);
    stage.quote(`${run.Id}  ${run.JobRunState}  ${run.ErrorMessage ?? ""}`);
    expectThat(run.ErrorMessage === incidentError, `expected ${incidentError}`);
    return `FAILED: ${run.ErrorMessage}`;
  };
  await stage.scene(
    "the old way, broken script",
    "What used to happen: the script is copied over its key unchecked, and the job is run.",
    async () => {
      await control("script-cache", { enabled: true });
      await overwrite(s3, scriptsBucket, key, await readFile(join(workspace, script)));
      return failsWith();
    },
  );
  await stage.scene(
    "the old way, mended script",
    "The script is mended and copied over the same key. With Glue's script cache on, as reported, the old one still runs:",
    async () => {
      await cp(join(example, script), join(workspace, script));
      await overwrite(s3, scriptsBucket, key, await readFile(join(workspace, script)));
      return failsWith();
    },
  );
}

async function theToolkitsWay({ stage, workspace, environment, signal }: Scenery): Promise<void> {
  const act = async (
    action: "validate-glue" | "deploy-glue" | "run-e2e",
    inputs: Record<string, string>,
  ): Promise<void> => {
    const code = await runAction(stage, {
      action,
      inputs: { environment: "dev", ...inputs },
      workspace,
      environment,
      signal,
    });
    expectThat(code === 0, `${action} ended with exit code ${code}`);
  };
  await stage.scene(
    "validate-glue, mended script",
    "Now the toolkit's way. The mended script is checked first:",
    async () => {
      await act("validate-glue", {});
      return "passed";
    },
  );
  await stage.scene(
    "deploy-glue",
    "The plan first. Then that plan is applied: each script goes to a key named by its own hash, the jobs are repointed and read back:",
    async () => {
      const plan = join(reports, "plan.json");
      await act("deploy-glue", { mode: "plan", "plan-file": plan });
      await act("deploy-glue", { "plan-file": plan });
      return "deployed under keys that no cache has seen";
    },
  );
  await stage.scene(
    "run-e2e",
    "The whole pipeline, cleaned, run and validated: S3, Lambda, crawlers, Spark jobs, Athena.",
    async () => {
      await act("run-e2e", { "confirm-clean": "dev", "expect-release": "current", "report-dir": reports });
      return "passed on real data";
    },
  );
}

/** The demo tells the truth or fails: every scene must end as it is told. */
function expectThat(condition: boolean, message: string): void {
  abort.signal.throwIfAborted();
  if (!condition) throw new Error(message);
}
