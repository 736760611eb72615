import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BenchContext } from "./bench.ts";
import type { DeployWorld } from "./deploy-world.ts";
import { measure } from "./measure.ts";

/** Seconds that each job takes in `for job in …; do aws glue get-job …; done`, from a few of the world's jobs. */
export async function getJobSeconds(
  context: BenchContext,
  world: DeployWorld,
  jobs: readonly string[],
): Promise<number> {
  const loop = `for job in ${jobs.join(" ")}; do aws glue get-job --job-name "$job" || exit 1; done`;
  return loopSeconds(context, world, loop, jobs.length);
}

/** Seconds a job of `aws s3 cp` and `aws glue update-job`, which is given a whole definition from a file. */
export async function updateJobSeconds(
  context: BenchContext,
  world: DeployWorld,
  jobs: readonly string[],
): Promise<number> {
  const script = (job: string): string => `glue_jobs/${job.replace(/^bench-(.*)-dev$/, "$1")}.py`;
  const update = {
    Role: "arn:aws:iam::000000000000:role/glue",
    GlueVersion: "5.0",
    WorkerType: "G.1X",
    NumberOfWorkers: 2,
    DefaultArguments: { "--job-language": "python", "--enable-metrics": "true" },
    Command: { Name: "glueetl", ScriptLocation: "s3://old-scripts/job.py", PythonVersion: "3" },
  };
  const file = join(context.home, "job-update.json");
  await writeFile(file, JSON.stringify(update));
  const steps = jobs.map(
    (job) =>
      `aws s3 cp --quiet ${script(job)} s3://${world.bucket}/by-hand/${job}.py || exit 1; aws glue update-job --job-name ${job} --job-update file://${file} || exit 1`,
  );
  return loopSeconds(context, world, steps.join("\n"), jobs.length);
}

async function loopSeconds(
  { python, env }: BenchContext,
  world: DeployWorld,
  loop: string,
  count: number,
): Promise<number> {
  const run = await measure(python, ["/bin/sh", "-c", loop], {
    cwd: world.folder,
    env: { ...env, ...world.environment },
  });
  if (run.exitCode !== 0) throw new Error(`the shell loop failed:\n${run.output.slice(-2_000)}`);
  return run.seconds / count;
}
