import { messageOf, sentence, ToolkitError } from "../base/errors.ts";
import { escapeMarkdown } from "../base/escape-markdown.ts";
import { plainText } from "../base/plain-text.ts";
import { plural } from "../base/plural.ts";
import type { DeployGlueInputs } from "../contract/deploy-glue.ts";
import type { DeployResult } from "../deploy/result.ts";
import { commentFooter } from "../report/comment-footer.ts";
import { type GitHubReports, openReports, withNotes } from "./github-reports.ts";
import type { EntryHost } from "./host.ts";

type Host = EntryHost<DeployGlueInputs>;

/** What deploy-glue tells GitHub while it works and when it has ended. */
export interface DeployReports {
  /** Before anything is touched: the deployment is in progress. */
  begin(environment: string, commit: string | undefined): Promise<void>;
  /** The result and its summary; gives the summary with what could not be told. */
  end(summary: string, result: DeployResult | undefined): Promise<string>;
  /** It threw. */
  fail(thrown: unknown): Promise<void>;
}

/** Reports of one run of deploy-glue; nothing here throws or changes its result. */
export function openDeployReports(host: Host): DeployReports {
  const reports = openReports(host);
  const wantsDeployment = host.inputs["github-deployment"] && host.inputs.mode !== "plan";
  let deployment: Awaited<ReturnType<GitHubReports["startDeployment"]>> | undefined;
  const comment = async (markdown: string, calm: boolean): Promise<void> => {
    const { inputs, context } = host;
    if (inputs.comment === "never") return;
    const key = `deploy-glue ${inputs.manifest} ${inputs.environment ?? "default"}`;
    await reports.comment({ key, calm, markdown: `${markdown.trimEnd()}\n\n${commentFooter(context)}` });
  };
  return {
    begin: async (environment, commit) => {
      // What a rollback makes live is known once the ledger was read.
      if (wantsDeployment && host.inputs.mode === "deploy" && commit !== undefined)
        deployment = await reports.startDeployment(environment, commit);
    },
    end: async (summary, result) => {
      if (wantsDeployment && result?.result === "rolled-back" && result.commit !== undefined)
        deployment = await reports.startDeployment(result.plan.environment, result.commit, { fresh: true });
      await deployment?.report(stateOf(result), describe(result));
      await comment(summary, result !== undefined && isCalm(result));
      return withNotes(summary, reports.notes);
    },
    fail: async (thrown) => {
      await deployment?.report("error", plainText(messageOf(thrown)));
      const remedy = thrown instanceof ToolkitError ? ` ${thrown.remedy}` : "";
      const words = host.inputs.mode === "plan" ? "no plan" : "not deployed";
      await comment(
        `## ❌ Glue jobs: ${words}\n\n${escapeMarkdown(plainText(sentence(messageOf(thrown)) + remedy))}`,
        false,
      );
    },
  };
}

/** Nothing would change, and nothing stands in the way. */
function isCalm({ result, jobsChanged, warnings }: DeployResult): boolean {
  return (
    (result === "planned" || result === "unchanged") && jobsChanged.length === 0 && warnings.length === 0
  );
}

function stateOf(result: DeployResult | undefined): "success" | "failure" {
  return result !== undefined && result.failure === undefined ? "success" : "failure";
}

/** Fits GitHub's 140 characters where the release id is a usual one. */
function describe(result: DeployResult | undefined): string {
  if (result === undefined) return "validation found errors; nothing was uploaded";
  const jobs = plural(result.jobsChanged.length, "job");
  if (result.result === "failed") return plainText(result.failure?.message ?? "failed");
  if (result.result === "unchanged") return "every job runs these scripts already";
  if (result.result === "rolled-back") {
    return `release ${result.releaseId ?? ""}: rolled ${jobs} back to ${result.plan.rollbackTo ?? "the state before the first release"}`;
  }
  return `release ${result.releaseId ?? ""}: ${jobs} changed`;
}
