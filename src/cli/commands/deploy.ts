import { deployGlue } from "../../contract/deploy-glue.ts";
import { defineCommand } from "../command.ts";
import { withoutGitHub } from "../contract-options.ts";

type Run = Parameters<typeof defineCommand<typeof deployGlue>>[0]["run"];

const run: Run = async (host) => (await import("../../entries/deploy-glue.ts")).deployGlueEntry(host);

const runRollback: Run = async (host) => {
  const { releaseAmongJobs } = await import("../../entries/release-among-jobs.ts");
  return run({ ...host, inputs: await releaseAmongJobs(host) });
};

const jobs = { input: "jobs", shown: "jobs", many: true, option: true } as const;

export const plan = defineCommand({
  name: "plan",
  summary: "show what a deploy would change; changes nothing",
  description: "Compares the checkout with the live jobs and shows every change, with the scripts' own diff.",
  contract: deployGlue,
  preset: { ...withoutGitHub, "github-deployment": "false", mode: "plan" },
  without: ["keep-releases"],
  mayBeEmpty: ["rollback-to"],
  positional: [jobs],
  examples: [
    { command: "plan --environment dev", what: "all jobs" },
    { command: "plan silver-consolidation --environment dev", what: "one job, by its name in the manifest" },
    {
      command: "plan --environment dev --plan-file plan.json",
      what: "keep the plan, for deploy --plan-file",
    },
    {
      command: "plan --environment dev --rollback-to previous",
      what: "what a rollback would change",
    },
  ],
  run,
});

export const deploy = defineCommand({
  name: "deploy",
  summary: "release the scripts: all jobs or none",
  description:
    "Checks the scripts, uploads them under keys that their own hash names, repoints the jobs, reads them back and keeps a record. When anything fails, or on Ctrl-C, the jobs that moved are moved back.",
  contract: deployGlue,
  preset: { ...withoutGitHub, "github-deployment": "false", mode: "deploy" },
  without: ["rollback-to"],
  positional: [jobs],
  examples: [
    { command: "deploy --environment dev", what: "all jobs" },
    { command: "deploy --environment dev --plan-file plan.json", what: "that plan, or nothing" },
    { command: "deploy --environment dev --on-running wait", what: "wait for runs in flight first" },
  ],
  run,
});

export const rollback = defineCommand({
  name: "rollback",
  summary: "go back to an earlier release",
  description:
    "Without jobs it undoes the newest release, with jobs the newest change of each of them. With a release it goes to the state right after it; the beginning of its id, or of its commit, is enough; a job of the manifest with such a name is the job. It goes by the release records alone: no scripts, no build. A second rollback to previous returns to where you were, except after an interrupted deploy, which the first one undoes alone. plan --rollback-to shows what it would change.",
  contract: deployGlue,
  preset: { ...withoutGitHub, "github-deployment": "false", mode: "rollback" },
  without: [
    "validate",
    "python",
    "allow-glue-version-change",
    "plan-file",
    "keep-releases",
    "on-older-commit",
  ],
  positional: [{ ...jobs, shown: "release or jobs" }],
  mayBeEmpty: ["rollback-to"],
  examples: [
    { command: "rollback --environment dev", what: "undo the newest release" },
    {
      command: "rollback 20251105T180309Z-3f2a9c81b0de-17 --environment dev",
      what: "to the state after that release; releases list shows the ids",
    },
    {
      command: "rollback 3f2a9c81 --environment dev",
      what: "to the state after the release of that commit",
    },
    {
      command: "rollback silver-consolidation --environment dev",
      what: "undo the newest change of one job",
    },
  ],
  run: runRollback,
});
