import { deployGlue } from "../../contract/deploy-glue.ts";
import { defineCommand } from "../command.ts";
import { withoutGitHub } from "../contract-options.ts";

const run: Parameters<typeof defineCommand<typeof deployGlue>>[0]["run"] = async (host) =>
  (await import("../../entries/deploy-glue.ts")).deployGlueEntry(host);

const jobs = { input: "jobs", shown: "jobs", many: true } as const;

export const plan = defineCommand({
  name: "plan",
  summary: "show what a deploy would change; changes nothing",
  description: "Compares the checkout with the live jobs and shows every change, with the scripts' own diff.",
  contract: deployGlue,
  preset: { ...withoutGitHub, "github-deployment": "false", mode: "plan" },
  without: ["rollback-to", "keep-releases"],
  positional: [jobs],
  examples: [
    { command: "plan --environment dev", what: "all jobs" },
    { command: "plan silver-consolidation --environment dev", what: "one job, by its name in the manifest" },
    {
      command: "plan --environment dev --plan-file plan.json",
      what: "keep the plan, for deploy --plan-file",
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
    "Points the jobs at what an earlier release had. It goes by the release records alone: no scripts, no build. A second rollback to previous returns to where you were.",
  contract: deployGlue,
  preset: { ...withoutGitHub, "github-deployment": "false", mode: "rollback" },
  without: ["validate", "python", "allow-glue-version-change", "plan-file", "keep-releases"],
  positional: [{ input: "rollback-to", shown: "release" }],
  examples: [
    { command: "rollback --environment dev", what: "to the state before the newest release" },
    {
      command: "rollback 20251105T180309Z-3f2a9c81b0de-17 --environment dev",
      what: "to the state after that release; releases list shows the ids",
    },
    { command: "rollback --environment dev --jobs silver-consolidation", what: "one job alone" },
  ],
  run,
});
