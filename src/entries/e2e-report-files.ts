import { access, constants, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { messageOf, sentence, ToolkitError } from "../base/errors.ts";
import { leadsOut } from "../base/leads-out.ts";
import type { RunE2eOutputs } from "../contract/run-e2e.ts";
import type { E2eResult } from "../e2e/result.ts";
import type { ReportLanguage } from "../report/e2e-catalogues.ts";
import { renderE2eJson } from "../report/e2e-json.ts";
import { renderE2eJunit } from "../report/e2e-junit.ts";
import { renderE2eHtml } from "../report/html/e2e-html.ts";
import { writeNamedFile } from "./files.ts";

export type ReportOutputs = Pick<
  RunE2eOutputs,
  "report-markdown" | "report-html" | "report-json" | "report-junit"
>;

/**
 * Makes the folder of the reports and sees that it can be written, before a run that would be for nothing.
 * @throws ToolkitError `report-dir-not-writable`
 */
export async function openReportFolder(workspace: string, folder: string): Promise<void> {
  const absolute = resolve(workspace, folder);
  try {
    if (await leadsOut(workspace, folder)) throw new Error("a link leads out of the workspace");
    await mkdir(absolute, { recursive: true });
    await access(absolute, constants.W_OK);
  } catch (thrown) {
    throw new ToolkitError({
      code: "report-dir-not-writable",
      message: `the reports can't be written to ${folder} (report-dir)`,
      remedy: "Name a folder inside the workspace that the workflow may write. Nothing was touched yet.",
      source: "user",
      cause: thrown,
    });
  }
}

/** Writes the reports, each whatever becomes of the others; gives what could not be written besides. */
export async function writeReports(
  { workspace, folder, language }: { workspace: string; folder: string; language: ReportLanguage },
  result: E2eResult,
  markdown: string,
): Promise<{ readonly outputs: ReportOutputs; readonly failures: readonly string[] }> {
  const failures: string[] = [];
  const write = async (name: string, render: () => string): Promise<string> => {
    try {
      return await writeNamedFile(workspace, join(folder, name), render());
    } catch (thrown) {
      const remedy = thrown instanceof ToolkitError ? ` ${thrown.remedy}` : "";
      failures.push(`${sentence(messageOf(thrown))}${remedy}`);
      return "";
    }
  };
  const outputs = {
    "report-markdown": await write("e2e-report.md", () => markdown),
    "report-html": await write("e2e-report.html", () => renderE2eHtml(result, language)),
    "report-json": await write("e2e-report.json", () => renderE2eJson(result)),
    "report-junit": await write("e2e-report.junit.xml", () => renderE2eJunit(result)),
  };
  return { outputs, failures };
}
