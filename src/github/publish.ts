import { appendFile } from "node:fs/promises";
import * as core from "@actions/core";
import { logText } from "../base/log-text.ts";
import { visibleText } from "../base/visible-text.ts";

/** GitHub's limit of a step summary. */
const summaryLimit = 1024 * 1024;

/** A line that GitHub shows at a place of the diff. */
export interface Annotation {
  readonly level: "error" | "warning" | "notice";
  readonly message: string;
  readonly title?: string;
  readonly path?: string;
  readonly startLine?: number;
  readonly endLine?: number;
}

/** Writes the annotations in their order: GitHub shows the first ten errors and ten warnings of a step. */
export function annotate(annotations: readonly Annotation[]): void {
  const write = { error: core.error, warning: core.warning, notice: core.notice };
  for (const { level, message, title, path, startLine, endLine } of annotations) {
    write[level](visibleText(message), {
      ...(title === undefined ? {} : { title: visibleText(title) }),
      ...(path === undefined ? {} : { file: visibleText(path) }),
      ...(startLine === undefined ? {} : { startLine }),
      ...(endLine === undefined ? {} : { endLine }),
    });
  }
}

/** Sets the step's outputs, those that are undefined as empty; outside GitHub they are lines of the log. */
export function setOutputs(outputs: Readonly<Record<string, string | undefined>>, onGitHub: boolean): void {
  for (const [name, value = ""] of Object.entries(outputs)) {
    if (onGitHub) core.setOutput(name, value);
    else if (value !== "") core.info(logText(`${name}: ${value}`));
  }
}

/** Appends Markdown to the step summary, cut at GitHub's limit; does nothing outside GitHub. */
export async function publishSummary(markdown: string, file: string | undefined): Promise<void> {
  if (file === undefined || file === "") return;
  await appendFile(file, `${cutToBytes(markdown, summaryLimit)}\n`);
}

const cutNotice = "\n\n_The rest is cut: a summary holds 1 MiB. The report files have it all._\n";

/** Text of at most `limit` bytes of UTF-8, cut at a line's end and saying so. */
export function cutToBytes(text: string, limit: number): string {
  const bytes = Buffer.from(text);
  if (bytes.byteLength < limit) return text;
  const kept = bytes.subarray(0, limit - Buffer.byteLength(cutNotice) - 1).toString("utf8");
  return kept.slice(0, Math.max(kept.lastIndexOf("\n"), 0)) + cutNotice;
}
