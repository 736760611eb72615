import { createClients } from "../aws/clients.ts";
import { sentence, ToolkitError } from "../base/errors.ts";
import { groupBy } from "../base/group-by.ts";
import type { DeployGlueInputs, DeployGlueOutputs } from "../contract/deploy-glue.ts";
import type { Views } from "../contract/views.ts";
import { type DeployOptions, deploy } from "../deploy/deploy.ts";
import { type ApprovedPlan, parsePlanFile } from "../deploy/plan-file.ts";
import type { DeployResult } from "../deploy/result.ts";
import type { ScriptKnowledge } from "../deploy/script-checks.ts";
import type { ActionOutcome } from "../github/action.ts";
import { loadManifest } from "../manifest/load.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { deploySummary } from "../report/deploy-summary.ts";
import { findingAnnotations } from "../report/findings-annotations.ts";
import { findingsSummary } from "../report/findings-summary.ts";
import { findingsText } from "../report/findings-text.ts";
import { planJson, refusedJson } from "../report/plan-json.ts";
import { planText } from "../report/plan-text.ts";
import { type ResolvedJob, resolveJobs, type ScriptProblem } from "../scripts/resolve.ts";
import { type ValidationResult, validateScripts } from "../validate/validate.ts";
import { type DeployReports, openDeployReports } from "./deploy-reports.ts";
import { readNamedFile, writeNamedFile } from "./files.ts";
import type { EntryHost } from "./host.ts";
import { modulesOfJobs } from "./library-modules.ts";
import { commitOrder, provenanceOf, unknownCommit } from "./provenance.ts";
import { scriptsOfJobs } from "./scripts.ts";
import { documentation, version } from "./version.ts";

type Host = EntryHost<DeployGlueInputs>;

/** The whole of deploy-glue: validate, plan, and by the mode deploy or roll back. */
export async function deployGlueEntry(host: Host): Promise<ActionOutcome> {
  const reports = openDeployReports(host);
  try {
    return await release(host, reports);
  } catch (thrown) {
    await reports.fail(thrown).catch(() => undefined);
    throw thrown;
  }
}

async function release(host: Host, reports: DeployReports): Promise<ActionOutcome> {
  const { inputs, context } = host;
  const manifest = await loadManifest({
    workspace: context.workspace,
    path: inputs.manifest,
    environment: inputs.environment,
  });
  const rollback = isRollback(inputs);
  // A rollback goes by the ledger alone: the checkout may lack every script, or be of another commit.
  const { jobs, problems } = rollback
    ? { jobs: [], problems: [] }
    : await resolveJobs(manifest, context.workspace);
  const approved = await approvedPlan(host);
  const provenance = await provenanceOf(host, manifest, jobs);
  const hasCommit = provenance.commit !== unknownCommit;
  await reports.begin(manifest.environment.name, hasCommit ? provenance.commit : undefined);
  const checked = await validate(host, manifest, jobs, problems);
  if (checked?.validation.result === "failed") return refused(checked.validation, reports);
  const result = await deployWith(host, { manifest, jobs, approved, provenance }, checked);
  host.progress({ code: "deploy.plan", level: "info", message: planText(result) });
  const planFile = await writePlanFile(host, result);
  const outputs: DeployGlueOutputs = {
    result: result.result,
    "release-id": result.releaseId ?? "",
    "jobs-changed": JSON.stringify(result.jobsChanged),
    "jobs-unchanged": JSON.stringify(result.jobsUnchanged),
    "plan-file": planFile,
    "release-uri": result.releaseUri ?? "",
  };
  const summary = await reports.end(deploySummary(result), result);
  const views: Views = { text: (paint) => planText(result, paint), json: () => planJson(result) };
  return result.failure === undefined
    ? { outputs, summary, views }
    : { outputs, summary, views, failure: `${sentence(result.failure.message)} ${result.failure.remedy}` };
}

/** Mode rollback, or a plan of one. @throws ToolkitError `invalid-input` for a release to go back to in mode deploy */
function isRollback(inputs: DeployGlueInputs): boolean {
  const names = inputs["rollback-to"] !== undefined;
  if (!names || inputs.mode !== "deploy") return names || inputs.mode === "rollback";
  throw new ToolkitError({
    code: "invalid-input",
    message: `rollback-to is "${inputs["rollback-to"]}", but the mode is deploy`,
    remedy:
      "Set mode: rollback to go back, mode: plan to see what that would change, or leave rollback-to out.",
    source: "user",
  });
}

/** The plan to apply: in mode deploy a plan-file that is named must be there and hold one. */
async function approvedPlan({ inputs, context }: Host): Promise<ApprovedPlan | undefined> {
  const path = inputs["plan-file"];
  if (path === undefined || inputs.mode !== "deploy") return undefined;
  return parsePlanFile(await readNamedFile(context.workspace, path), path);
}

/** In mode deploy the file is only read. */
async function writePlanFile({ inputs, context }: Host, result: DeployResult): Promise<string> {
  const path = inputs["plan-file"];
  if (path === undefined || inputs.mode === "deploy") return path ?? "";
  return writeNamedFile(context.workspace, path, planJson(result));
}

/** A rollback deploys no script of the checkout, so there is nothing to check. */
async function validate(
  host: Host,
  manifest: Manifest,
  jobs: readonly ResolvedJob[],
  problems: readonly ScriptProblem[],
): Promise<Checked | undefined> {
  const { inputs, context, checkerFolder, environment, progress, signal, clock } = host;
  if (!inputs.validate || isRollback(inputs)) return undefined;
  const deployed = inputs.jobs.length === 0 ? jobs : jobs.filter(({ key }) => inputs.jobs.includes(key));
  const paths = new Set(deployed.flatMap(({ script, extraPyFiles }) => [script, ...extraPyFiles]));
  const { scripts } = scriptsOfJobs(context.workspace, deployed, problems);
  const libraries = await modulesOfJobs(context.workspace, deployed);
  const unavailable = problems.filter(({ path }) => paths.has(path) || /[*?[\]{}!]/.test(path));
  const validation = await validateScripts({
    facts: true,
    scripts: [...scripts, ...libraries.modules],
    unavailable: [...unavailable, ...libraries.problems],
    ruleLevels: manifest.ruleLevels,
    failOn: "error",
    python: inputs.python,
    pythonStrict: inputs["python-strict"],
    checkerFolder,
    environment,
    progress,
    signal,
    clock,
  });
  const facts = validation.facts ?? new Map();
  const steps = groupBy(
    (manifest.e2e?.steps ?? []).filter((step) => step.kind === "run"),
    ({ job }) => job,
  );
  const stepArguments = new Map([...steps].map(([key, runs]) => [key, runs.map((run) => run.arguments)]));
  const { importable } = libraries;
  return {
    validation,
    scripts: { facts, importable, steps: stepArguments, levels: manifest.ruleLevels ?? {} },
  };
}

interface Checked {
  readonly validation: ValidationResult;
  readonly scripts: ScriptKnowledge;
}

function validatedScripts(checked: Checked | undefined): ReadonlyMap<string, string> {
  const scripts = checked?.validation.scripts ?? [];
  return new Map(scripts.flatMap(({ path, sha256 }) => (sha256 === null ? [] : [[path, sha256] as const])));
}

async function refused(validation: ValidationResult, reports: DeployReports): Promise<ActionOutcome> {
  return {
    outputs: { result: "failed" },
    annotations: findingAnnotations(validation.findings),
    views: { text: (paint) => findingsText(validation, paint), json: () => refusedJson(validation) },
    summary: await reports.end(findingsSummary(validation, { documentation }), undefined),
    failure: `Nothing was uploaded: validation found ${validation.counts.errors} error(s). Mend them, or see the annotations.`,
  };
}

async function deployWith(
  host: Host,
  work: Pick<DeployOptions, "manifest" | "jobs" | "approved" | "provenance">,
  checked: Checked | undefined,
): Promise<DeployResult> {
  const { inputs, context, progress, signal, clock } = host;
  const clients = createClients({
    region: work.manifest.environment.region,
    progress,
    userAgent: `glue-deploy-toolkit/${version}`,
  });
  try {
    return await deploy({
      ...work,
      workspace: context.workspace,
      mode: inputs.mode,
      rollbackTo: inputs["rollback-to"],
      onOlderCommit: inputs["on-older-commit"],
      isOlderCommit: commitOrder(host),
      subset: inputs.jobs,
      allowGlueVersionChange: inputs["allow-glue-version-change"],
      onRunning: inputs["on-running"],
      validated: validatedScripts(checked),
      scripts: checked?.scripts,
      keepReleases: inputs["keep-releases"],
      clients,
      clock,
      signal,
      progress,
    });
  } finally {
    clients.destroy();
  }
}
