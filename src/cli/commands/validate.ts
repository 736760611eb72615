import { validateGlue } from "../../contract/validate-glue.ts";
import { defineCommand } from "../command.ts";
import { withoutGitHub } from "../contract-options.ts";

const run: Parameters<typeof defineCommand<typeof validateGlue>>[0]["run"] = async (host) =>
  (await import("../../entries/validate-glue.ts")).validateGlueEntry(host);

const paths = [{ input: "paths", shown: "paths", many: true }] as const;

export const validate = defineCommand({
  name: "validate",
  summary: "check the scripts; needs no AWS",
  description:
    "Compiles every script of the manifest with its job's own Python, and finds orphan code after job.commit(). No script is imported or executed. With paths, those files are checked and no manifest is needed.",
  contract: validateGlue,
  preset: { ...withoutGitHub, fix: "false", "dry-run": "false" },
  positional: paths,
  examples: [
    { command: "validate", what: "check every script that glue-pipeline.yml names" },
    { command: "validate 'glue_jobs/*.py' --glue-version 4.0", what: "check files, with no manifest" },
    { command: "validate --fail-on warning --sarif-file findings.sarif", what: "be stricter; write SARIF" },
    { command: "validate --json", what: "the findings as JSON on stdout" },
  ],
  run,
});

export const fix = defineCommand({
  name: "fix",
  summary: "delete orphan lines from the scripts",
  description:
    "Checks the scripts and deletes orphan lines whose removal is proven to lose nothing. The diff is shown first; on a terminal you are asked. A file is written at once or not at all, only when no error is left in it, and the command that undoes it is printed. What remains decides the exit code.",
  contract: validateGlue,
  preset: { ...withoutGitHub, fix: "true" },
  without: ["sarif-file"],
  positional: paths,
  examples: [
    { command: "fix --dry-run", what: "show what would be deleted" },
    { command: "fix", what: "fix the scripts of the manifest" },
    { command: "fix glue_jobs/silver_consolidation_job.py", what: "fix one file" },
  ],
  run,
});
