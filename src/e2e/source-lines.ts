import { readFile } from "node:fs/promises";
import { plainText } from "../base/plain-text.ts";
import type { ResolvedJob } from "../scripts/resolve.ts";
import { inspectPath } from "../scripts/safe-path.ts";
import type { RunContext } from "./context.ts";
import { linesOf } from "./lines.ts";
import type { Problem } from "./result.ts";

/** What the job ran, and the line of it that failed. */
export interface FailedScript {
  /** URI it was taken from. */
  readonly location: string | undefined;
  readonly lines: readonly string[];
  readonly line: number;
}

const around = 4;
const longestLine = 300;

/**
 * Where a failed line stands in the repository: the lines around it as they were deployed, the commit they came from,
 * and the place in the checkout, which may have moved on.
 */
export async function placeInRepository(
  context: Pick<RunContext, "workspace" | "releases">,
  job: ResolvedJob,
  script: FailedScript,
): Promise<Pick<Problem, "location" | "source">> {
  const { lines, line, location } = script;
  if (line < 1 || line > lines.length) return {};
  const here = await checkoutLines(context.workspace, job.script);
  const inCheckout = here !== undefined && here.join("\n") === lines.join("\n");
  const commit = location === undefined ? undefined : await context.releases.commitOf(job.job, location);
  const firstLine = Math.max(1, line - around);
  const source = {
    path: job.script,
    firstLine,
    line,
    lines: lines.slice(firstLine - 1, line + around).map((text) => plainText(text, longestLine)),
    ...(commit === undefined ? {} : { commit }),
    inCheckout,
  };
  if (here === undefined) return { source };
  const lineHere = inCheckout ? line : sameLine(here, lines[line - 1] ?? "", line);
  return { source, location: { path: job.script, ...(lineHere === undefined ? {} : { line: lineHere }) } };
}

async function checkoutLines(workspace: string, script: string): Promise<readonly string[] | undefined> {
  const verdict = await inspectPath(workspace, script);
  return verdict.kind === "file" ? linesOf(await readFile(verdict.absolute, "utf8")) : undefined;
}

/** The line of the same text that is nearest; undefined for a text that says nothing or is gone. */
function sameLine(lines: readonly string[], text: string, line: number): number | undefined {
  if (!/\w/.test(text)) return undefined;
  const all = lines.flatMap((here, index) => (here === text ? [index + 1] : []));
  return all.sort((a, b) => Math.abs(a - line) - Math.abs(b - line))[0];
}
