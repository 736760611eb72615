import { availableParallelism } from "node:os";
import { sentence } from "../base/errors.ts";
import { plural } from "../base/plural.ts";
import type { ValidateGlueInputs, ValidateGlueOutputs } from "../contract/validate-glue.ts";
import type { ActionOutcome } from "../github/action.ts";
import { loadManifest } from "../manifest/load.ts";
import type { RuleLevels } from "../manifest/validate-schema.ts";
import { findingAnnotations, findingLines } from "../report/findings-annotations.ts";
import { findingsJson } from "../report/findings-json.ts";
import { findingsSarif } from "../report/findings-sarif.ts";
import { findingsText } from "../report/findings-text.ts";
import { resolveJobs } from "../scripts/resolve.ts";
import { pythonOf } from "../validate/glue-versions.ts";
import { InterpreterFinder } from "../validate/interpreter.ts";
import type { JudgeOptions } from "../validate/judge.ts";
import { findUnmanaged } from "../validate/unmanaged.ts";
import { type ValidationResult, validateScripts } from "../validate/validate.ts";
import { onlyChanged } from "./changed-scripts.ts";
import { writeNamedFile } from "./files.ts";
import type { EntryHost } from "./host.ts";
import { modulesOfJobs } from "./library-modules.ts";
import { type ScriptSelection, scriptsOfJobs, scriptsOfPaths } from "./scripts.ts";
import { applyFixes, fixAnnotations, leftUnfixed } from "./validate-fix.ts";
import { reportFindings, reportUnchecked, subjectOfInputs } from "./validate-reports.ts";
import { documentation, version } from "./version.ts";

type Host = EntryHost<ValidateGlueInputs>;

/** The whole of validate-glue: scripts in, findings out; with `fix`, what is left afterwards decides. */
export async function validateGlueEntry(host: Host): Promise<ActionOutcome> {
  try {
    return await validate(host);
  } catch (thrown) {
    host.signal.throwIfAborted();
    await reportUnchecked(host, thrown);
    throw thrown;
  }
}

async function validate(host: Host): Promise<ActionOutcome> {
  const { inputs, context } = host;
  const finder = new InterpreterFinder(host.environment, inputs.python);
  // most jobs want this one: it is asked while the scripts are looked for; what it says, an error too, counts later
  finder
    .find(pythonOf({ glueVersion: inputs["glue-version"], pythonVersion: undefined }))
    .catch(() => undefined);
  const selection = await select(host);
  const options = judgeOptions(host, finder);
  let result = await check(host, selection, options);
  const fixed = inputs.fix ? await applyFixes(host, selection.scripts, result, options) : [];
  if (fixed.some(({ linesDeleted }) => linesDeleted > 0)) result = await check(host, selection, options);
  for (const message of findingLines(result.findings))
    host.progress({ code: "validate.finding", level: "info", message });
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
  const report = { subject: subjectOfInputs(inputs), note: selection.note, scripts: selection.scripts };
  const summary = await reportFindings(host, report, result);
  const outcome: ActionOutcome = {
    outputs,
    summary,
    annotations: [...findingAnnotations(result.findings), ...fixAnnotations(fixed)],
    views: { text: (paint) => findingsText(result, paint), json: () => findingsJson(result) },
  };
  const failure =
    result.result === "passed" ? (inputs.fix ? leftUnfixed(result) : undefined) : failureOf(result);
  if (failure === undefined) return outcome;
  return { ...outcome, outputs: { ...outputs, result: "failed" }, failure };
}

/** The one error that ends the step. */
function failureOf({ counts, findings, failures = [] }: ValidationResult): string {
  const found = [
    ...(counts.errors > 0 || counts.warnings === 0 ? [plural(counts.errors, "error")] : []),
    ...(counts.warnings > 0 ? [plural(counts.warnings, "warning")] : []),
  ].join(" and ");
  const [worst] = findings;
  const first = worst && `The first: ${worst.path}:${worst.startLine} (${worst.rule}).`;
  const unjudged = failures.map(
    ({ message, remedy }) => `Some scripts were not judged: ${sentence(message)} ${remedy}`,
  );
  const modules = counts.modules === undefined ? "" : ` and ${plural(counts.modules, "library module")}`;
  const counted = `validate-glue: ${found} in ${plural(counts.scripts, "script")}${modules}.`;
  return [counted, ...(first === undefined ? [] : [first]), ...unjudged].join(" ");
}

interface Selected extends ScriptSelection {
  readonly ruleLevels: RuleLevels | undefined;
}

async function select({ inputs, context, progress }: Host): Promise<Selected> {
  const { workspace, baseCommit: base } = context;
  const mode = inputs["changed-only"];
  const narrow = mode === "true" || (mode === "auto" && context.pullRequest !== undefined);
  if (inputs.paths.length > 0) {
    const selection = await scriptsOfPaths(workspace, inputs.paths, inputs["glue-version"]);
    const options = { workspace, base, manifest: undefined, jobs: [], progress };
    return { ...(narrow ? await onlyChanged(selection, options) : selection), ruleLevels: undefined };
  }
  const path = inputs.manifest;
  const manifest = await loadManifest({ workspace, path, environment: inputs.environment });
  const { jobs, problems } = await resolveJobs(manifest, workspace);
  const [unmanaged, libraries] = await Promise.all([
    findUnmanaged(workspace, jobs),
    modulesOfJobs(workspace, jobs),
  ]);
  const { scripts } = scriptsOfJobs(workspace, jobs, problems);
  const selection = {
    scripts: [...scripts, ...libraries.modules],
    problems: [...problems, ...libraries.problems],
    unmanaged,
  };
  const options = { workspace, base, manifest: path, jobs, progress };
  const { ruleLevels } = manifest;
  return { ...(narrow ? await onlyChanged(selection, options) : selection), ruleLevels };
}

function judgeOptions(host: Host, finder: InterpreterFinder): JudgeOptions {
  const { inputs, checkerFolder, environment, progress, signal } = host;
  const cacheFolder = environment["GLUE_TOOLKIT_CACHE"];
  const parallel = availableParallelism();
  const { python, "python-strict": pythonStrict } = inputs;
  return {
    python,
    pythonStrict,
    finder,
    checkerFolder,
    environment,
    progress,
    signal,
    cacheFolder,
    parallel,
  };
}

function check(host: Host, selected: Selected, options: JudgeOptions): Promise<ValidationResult> {
  return validateScripts({
    ...options,
    scripts: selected.scripts,
    unavailable: selected.problems,
    unmanaged: selected.unmanaged,
    ruleLevels: selected.ruleLevels,
    failOn: host.inputs["fail-on"],
    clock: host.clock,
  });
}

async function writeFileOf(
  workspace: string,
  path: string | undefined,
  content: () => string,
): Promise<string> {
  return path === undefined ? "" : writeNamedFile(workspace, path, content());
}
