import type { Paint } from "../base/paint.ts";
import type { InitDocument } from "./init-document.ts";

const shownJobs = 30;

/** What was written, and what to do next. */
export function initText(
  { manifest, written, jobs, notes }: InitDocument,
  facts: { readonly environment: string; readonly workflows: boolean },
  paint: Paint,
): string {
  const more = jobs.length - shownJobs;
  const next = [
    `Look ${manifest} through: the names of the jobs and of the bucket above all.`,
    `Check the scripts: glue-toolkit validate`,
    ...(facts.workflows ? ["Commit, push and open a pull request: its check needs nothing else."] : []),
    `For deploys, make a role with: glue-toolkit policy deploy and glue-toolkit policy trust`,
    ...(facts.workflows ? ["and name its ARN in the repository variable GLUE_DEPLOY_ROLE."] : []),
  ];
  return [
    ...written.map((path) => `${paint.green("wrote")} ${path}`),
    "",
    ...jobs
      .slice(0, shownJobs)
      .map(({ key, job, script }) => `${paint.bold(key)}  ${job}  ${paint.dim(script)}`),
    ...(more > 0 ? [`… and ${more} more jobs`] : []),
    ...notes.map((note) => `${paint.yellow("note:")} ${note}`),
    "",
    paint.bold(`Next, for environment ${facts.environment}:`),
    ...next.map((line) => `  ${line}`),
  ].join("\n");
}
