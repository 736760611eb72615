import type { ValidateGlueInputs, ValidateGlueOutputs } from "../contract/validate-glue.ts";
import type { ActionOutcome } from "../github/action.ts";
import { annotate } from "../github/publish.ts";
import { loadManifest } from "../manifest/load.ts";
import { findingAnnotations } from "../report/findings-annotations.ts";
import { findingsJson } from "../report/findings-json.ts";
import { findingsSarif } from "../report/findings-sarif.ts";
import { findingsSummary } from "../report/findings-summary.ts";
import { type ResolvedJob, resolveJobs } from "../scripts/resolve.ts";
import { fixScripts } from "../validate/fix.ts";
import type { JudgeOptions } from "../validate/judge.ts";
import { type ValidationResult, validateScripts } from "../validate/validate.ts";
import { writeNamedFile } from "./files.ts";
import type { EntryHost } from "./host.ts";
import { onlyChanged, type ScriptSelection, scriptsOfJobs, scriptsOfPaths } from "./scripts.ts";
import { documentation, version } from "./version.ts";

type Host = EntryHost<ValidateGlueInputs>;

/** The whole of validate-glue: scripts in, findings out; with `fix`, what is left after mending decides. */
export async function validateGlueEntry(host: Host): Promise<ActionOutcome> {
  const { inputs, context } = host;
  const selection = await select(host);
  let result = await check(host, selection);
  if (inputs.fix && (await fix(host, selection, result)) > 0) result = await check(host, selection);
  annotate(findingAnnotations(result.findings));
  const { counts } = result;
  const outputs: Partial<ValidateGlueOutputs> = {
    result: result.result,
    "scripts-checked": String(counts.scripts),
    errors: String(counts.errors),
    warnings: String(counts.warnings),
    "findings-file": await writeFileOf(context.workspace, inputs["findings-file"], () =>
      findingsJson(result),
    ),
    "sarif-file": await writeFileOf(
      context.workspace,
      inputs["sarif-file"],
      () => `${JSON.stringify(findingsSarif(result, { version, documentation }), null, 2)}\n`,
    ),
  };
  const summary = findingsSummary(result, { documentation });
  if (result.result === "passed") return { outputs, summary };
  return {
    outputs,
    summary,
    failure: `validate-glue: ${plural(counts.errors, "error")} and ${plural(counts.warnings, "warning")} in ${plural(counts.scripts, "script")}.`,
  };
}

async function select(host: Host): Promise<ScriptSelection> {
  const { inputs, context, progress } = host;
  let jobs: readonly ResolvedJob[] = [];
  let selection: ScriptSelection;
  if (inputs.paths.length > 0) {
    selection = await scriptsOfPaths(context.workspace, inputs.paths, inputs["glue-version"]);
  } else {
    const manifest = await loadManifest({
      workspace: context.workspace,
      path: inputs.manifest,
      environment: inputs.environment,
    });
    const resolved = await resolveJobs(manifest, context.workspace);
    jobs = resolved.jobs;
    selection = scriptsOfJobs(context.workspace, jobs, resolved.problems);
  }
  const mode = inputs["changed-only"];
  const narrow = mode === "true" || (mode === "auto" && context.pullRequest !== undefined);
  return narrow ? onlyChanged(selection, jobs, context.workspace, context.baseCommit, progress) : selection;
}

function judgeOptions({ inputs, checkerFolder, environment, progress, signal }: Host): JudgeOptions {
  return { python: inputs.python, checkerFolder, environment, progress, signal };
}

function check(host: Host, { scripts, problems }: ScriptSelection): Promise<ValidationResult> {
  return validateScripts({
    ...judgeOptions(host),
    scripts,
    unavailable: problems,
    failOn: host.inputs["fail-on"],
    clock: host.clock,
  });
}

async function fix(host: Host, { scripts }: ScriptSelection, result: ValidationResult): Promise<number> {
  const sha256 = new Map(result.scripts.map((script) => [script.path, script.sha256]));
  const checked = scripts.map((script) => ({ ...script, sha256: sha256.get(script.path) ?? null }));
  const fixed = await fixScripts(checked, result.findings, judgeOptions(host));
  for (const { path, linesDeleted, reason } of fixed) {
    const message =
      linesDeleted > 0
        ? `${path}: deleted ${plural(linesDeleted, "orphan line")}`
        : `${path}: not mended, ${reason}`;
    host.progress({ code: "validate.fixed", level: linesDeleted > 0 ? "info" : "warning", message });
  }
  return fixed.filter(({ linesDeleted }) => linesDeleted > 0).length;
}

async function writeFileOf(
  workspace: string,
  path: string | undefined,
  content: () => string,
): Promise<string> {
  return path === undefined ? "" : writeNamedFile(workspace, path, content());
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
