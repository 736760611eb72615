import { createClients } from "../aws/clients.ts";
import { sentence } from "../base/errors.ts";
import { groupBy } from "../base/group-by.ts";
import type { DeployGlueInputs, DeployGlueOutputs } from "../contract/deploy-glue.ts";
import type { Views } from "../contract/views.ts";
import { deploy } from "../deploy/deploy.ts";
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
import { localRunId } from "./run-id.ts";
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
  // A rollback goes by the ledger alone: the checkout may lack every script, or be of another commit.
  const { jobs, problems } =
    inputs.mode === "rollback" ? { jobs: [], problems: [] } : await resolveJobs(manifest, context.workspace);
  const approved = await approvedPlan(host);
  await reports.begin(manifest.environment.name);
  const checked = await validate(host, manifest, jobs, problems);
  if (checked?.validation.result === "failed") return refused(checked.validation, reports);
  const result = await deployWith(host, manifest, jobs, approved, checked);
  host.progress({ code: "deploy.plan", level: "info", message: planText(result) });
  const planFile = approved === undefined ? await writePlanFile(host, result) : (inputs["plan-file"] ?? "");
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

/** The plan to apply: an input plan-file that is there already, in mode deploy. */
async function approvedPlan({ inputs, context }: Host): Promise<ApprovedPlan | undefined> {
  const path = inputs["plan-file"];
  if (path === undefined || inputs.mode !== "deploy") return undefined;
  const text = await readNamedFile(context.workspace, path);
  return text === undefined ? undefined : parsePlanFile(text, path);
}

async function writePlanFile({ inputs, context }: Host, result: DeployResult): Promise<string> {
  const path = inputs["plan-file"];
  return path === undefined ? "" : writeNamedFile(context.workspace, path, planJson(result));
}

/** A rollback deploys no script of the checkout, so there is nothing to check. */
async function validate(
  host: Host,
  manifest: Manifest,
  jobs: readonly ResolvedJob[],
  problems: readonly ScriptProblem[],
): Promise<Checked | undefined> {
  const { inputs, context, checkerFolder, environment, progress, signal, clock } = host;
  if (!inputs.validate || inputs.mode === "rollback") return undefined;
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
  manifest: Manifest,
  jobs: readonly ResolvedJob[],
  approved: ApprovedPlan | undefined,
  checked: Checked | undefined,
): Promise<DeployResult> {
  const { inputs, context, progress, signal, clock } = host;
  const clients = createClients({
    region: manifest.environment.region,
    progress,
    userAgent: `glue-deploy-toolkit/${version}`,
  });
  try {
    return await deploy({
      manifest,
      jobs,
      workspace: context.workspace,
      mode: inputs.mode,
      rollbackTo: inputs["rollback-to"],
      subset: inputs.jobs,
      allowGlueVersionChange: inputs["allow-glue-version-change"],
      onRunning: inputs["on-running"],
      approved,
      validated: validatedScripts(checked),
      scripts: checked?.scripts,
      keepReleases: inputs["keep-releases"],
      provenance: {
        commit: context.commit ?? "0".repeat(40),
        repository: context.repository ?? "local",
        runId: context.runId ?? localRunId(clock),
        runUrl: context.runUrl,
        actor: context.actor,
      },
      clients,
      clock,
      signal,
      progress,
    });
  } finally {
    clients.destroy();
  }
}
