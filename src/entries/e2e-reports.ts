import type { RunE2eInputs } from "../contract/run-e2e.ts";
import type { E2eResult } from "../e2e/result.ts";
import { commentFooter } from "../report/comment-footer.ts";
import { openReports, withNotes } from "./github-reports.ts";
import type { EntryHost } from "./host.ts";

/** Keeps the pull request's comment up to date with the run, where there is one; gives the summary. */
export async function reportRun(
  host: EntryHost<RunE2eInputs>,
  result: E2eResult,
  markdown: string,
): Promise<string> {
  const { inputs, context } = host;
  if (inputs.comment === "never" || context.pullRequest === undefined) return markdown;
  const reports = openReports(host);
  await reports.comment({
    key: `run-e2e ${inputs.manifest} ${inputs.environment ?? "default"}`,
    calm: result.result === "passed",
    markdown: `${markdown.trimEnd()}\n\n${commentFooter(context)}`,
  });
  return withNotes(markdown, reports.notes);
}
