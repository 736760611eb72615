import { createClients } from "../aws/clients.ts";
import type { RunE2eInputs, RunE2eOutputs } from "../contract/run-e2e.ts";
import type { Views } from "../contract/views.ts";
import { type Budget, bytesOfMegabyte } from "../e2e/budget.ts";
import type { E2eResult, RunInfo } from "../e2e/result.ts";
import { runE2e } from "../e2e/run.ts";
import type { ActionOutcome } from "../github/action.ts";
import type { GitHubContext } from "../github/context.ts";
import { loadManifest } from "../manifest/load.ts";
import { e2eAnnotations } from "../report/e2e-annotations.ts";
import { renderE2eJson } from "../report/e2e-json.ts";
import { renderE2eMarkdown } from "../report/e2e-markdown.ts";
import { e2eText } from "../report/e2e-text.ts";
import { resolveJobs } from "../scripts/resolve.ts";
import { openReportFolder, writeReports } from "./e2e-report-files.ts";
import { reportRun } from "./e2e-reports.ts";
import type { EntryHost } from "./host.ts";
import { localRunId } from "./run-id.ts";
import { version } from "./version.ts";

type Host = EntryHost<RunE2eInputs>;

/** The whole of run-e2e: run the pipeline, then write the reports, whatever the result. */
export async function runE2eEntry(host: Host): Promise<ActionOutcome> {
  const { inputs, context } = host;
  const folder = inputs["report-dir"];
  await openReportFolder(context.workspace, folder);
  const result = await run(host);
  const language = inputs["report-language"];
  const markdown = renderE2eMarkdown(result, language);
  const reports = await writeReports({ workspace: context.workspace, folder, language }, result, markdown);
  const { failure, others } = e2eAnnotations(result);
  const outputs: RunE2eOutputs = {
    result: result.result,
    "failed-step": result.failedStep ?? "",
    ...reports.outputs,
  };
  const summary = await reportRun(host, result, markdown);
  const views: Views = { text: (paint) => e2eText(result, paint), json: () => renderE2eJson(result) };
  const outcome = { outputs, summary, views, annotations: others };
  if (failure !== undefined) {
    const { message, ...place } = failure;
    return { ...outcome, failure: [message, ...reports.failures].join(" "), failureAt: place };
  }
  if (reports.failures.length === 0) return outcome;
  const message = `run-e2e passed, but not every report was written: ${reports.failures.join(" ")}`;
  return { ...outcome, outputs: { ...outputs, result: "failed" }, failure: message };
}

async function run({ inputs, context, progress, signal, clock }: Host): Promise<E2eResult> {
  const manifest = await loadManifest({
    workspace: context.workspace,
    path: inputs.manifest,
    environment: inputs.environment,
  });
  const { jobs } = await resolveJobs(manifest, context.workspace);
  const clients = createClients({
    region: manifest.environment.region,
    progress,
    userAgent: `glue-deploy-toolkit/${version}`,
  });
  try {
    return await runE2e({
      manifest,
      jobs,
      workspace: context.workspace,
      confirmClean: inputs["confirm-clean"],
      fromStep: inputs["from-step"],
      untilStep: inputs["until-step"],
      onlyStep: inputs["only-step"],
      arguments: inputs.arguments,
      skipClean: inputs["skip-clean"],
      expectRelease: inputs["expect-release"],
      timeout: inputs.timeout,
      budget: budgetOf(inputs),
      resume: inputs.resume,
      clients,
      clock,
      signal,
      progress,
      runInfo: runInfo(context, localRunId(clock)),
    });
  } finally {
    clients.destroy();
  }
}

function budgetOf(inputs: RunE2eInputs): Budget {
  const megabytes = inputs["max-scan-mb"];
  return {
    dpuSeconds: inputs["max-dpu-seconds"],
    scannedBytes: megabytes === undefined ? undefined : megabytes * bytesOfMegabyte,
  };
}

function runInfo(context: GitHubContext, fallback: string): RunInfo {
  const { commit, repository, actor, runUrl: url } = context;
  const known = Object.entries({ commit, repository, actor, url }).filter(([, value]) => value !== undefined);
  const attempt = Number(context.runAttempt ?? Number.NaN);
  return {
    runId: context.runId ?? fallback,
    ...(Number.isInteger(attempt) && attempt > 0 ? { attempt } : {}),
    ...Object.fromEntries(known),
  };
}
