import { createHash, randomUUID } from "node:crypto";
import { chmod, mkdtemp, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { messageOf } from "../base/errors.ts";
import { silent } from "../base/progress.ts";
import type { Finding } from "./findings.ts";
import { type JudgeOptions, judgeScripts } from "./judge.ts";
import { neverCompiles, type RuleId, rules } from "./rules.ts";
import type { ScriptToCheck } from "./scripts-to-check.ts";
import { appliesToJobs } from "./severities.ts";

const shownAround = 3;

/** What became of a script's fix. */
export interface FixedScript {
  readonly path: string;
  /** Lines that the fix deletes, 1-based and inclusive. */
  readonly lines: readonly [number, number];
  /** 0 when nothing was deleted. */
  readonly linesDeleted: number;
  /** Why nothing was deleted, when nothing was. */
  readonly reason: string | undefined;
  /** A copy of the file as it was before, where it was changed. */
  readonly backup?: string;
}

/** A fix that leaves a script without an error, before it is made. */
export interface ProposedFix {
  readonly path: string;
  readonly lines: readonly [number, number];
  /** The deletion as a unified diff. */
  readonly diff: string;
}

export interface FixOptions extends JudgeOptions {
  /** Asked for each fix before the file is written; without it every fix is made. */
  readonly approve?: ((fix: ProposedFix) => Promise<Approval>) | undefined;
}

/** Whether to write, or why not. */
export type Approval = { readonly write: true } | { readonly write: false; readonly reason: string };

/** A script and the hash of the bytes that its findings are about. */
export interface CheckedScript extends ScriptToCheck {
  readonly sha256: string | null;
}

/** The bytes without the given lines (1-based, inclusive); every other byte stays as it is, line ends of all kinds too. */
export function deleteLines(bytes: Uint8Array, first: number, last: number): Uint8Array {
  const starts = lineStarts(bytes);
  const from = starts[first - 1] ?? bytes.length;
  const to = starts[last] ?? bytes.length;
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(Math.max(from, to))]);
}

/**
 * Deletes the orphan lines that findings name, in files whose bytes are still those that were judged and only where the
 * result has no error left: so a second run finds nothing to delete.
 */
export async function fixScripts(
  scripts: readonly CheckedScript[],
  findings: readonly Finding[],
  options: FixOptions,
): Promise<FixedScript[]> {
  const results: FixedScript[] = [];
  const fixes = new Map(findings.toReversed().flatMap(({ path, fix }) => (fix ? [[path, fix]] : [])));
  for (const script of scripts) {
    const fix = fixes.get(script.path);
    if (fix === undefined) continue;
    results.push(await fixScript(script, fix.deleteLines, options));
  }
  return results;
}

async function fixScript(
  script: CheckedScript,
  lines: readonly [number, number],
  options: FixOptions,
): Promise<FixedScript> {
  const { path, absolutePath } = script;
  const untouched = (reason: string): FixedScript => ({ path, lines, linesDeleted: 0, reason });
  const bytes = await readFile(absolutePath).catch(() => undefined);
  if (bytes === undefined || createHash("sha256").update(bytes).digest("hex") !== script.sha256)
    return untouched("the file has changed since it was checked");
  const fixed = deleteLines(bytes, ...lines);
  const left = (await rulesBroken(script, fixed, options)).filter(isError);
  if (left.some(neverCompiles)) return untouched("the rest of the script would not compile");
  if (left.length > 0) return untouched(`the rest of the script would break ${left.join(", ")}`);
  const approval = await options.approve?.({ path, lines, diff: diffOf(path, bytes, lines) });
  if (approval?.write === false) return untouched(approval.reason);
  const backup = await keepBackup(path, bytes);
  const refusal = await replaceContent(absolutePath, bytes, fixed);
  if (refusal === undefined)
    return { path, lines, linesDeleted: lines[1] - lines[0] + 1, reason: undefined, backup };
  await rm(dirname(backup), { recursive: true, force: true });
  return untouched(refusal);
}

/** The deletion as `diff -u` shows it, with up to three lines around it. */
function diffOf(path: string, bytes: Uint8Array, [first, last]: readonly [number, number]): string {
  const starts = lineStarts(bytes);
  const text = (number: number): string =>
    Buffer.from(bytes.subarray(starts[number - 1], starts[number] ?? bytes.length))
      .toString("utf8")
      .replace(/[\r\n]+$/, "");
  const count = starts[starts.length - 1] === bytes.length ? starts.length - 1 : starts.length;
  const range = (from: number, to: number): number[] =>
    Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
  const above = range(Math.max(1, first - shownAround), first - 1);
  const below = range(last + 1, Math.min(count, last + shownAround));
  const kept = above.length + below.length;
  const from = above[0] ?? first;
  return [
    `--- a/${path}`,
    `+++ b/${path}`,
    `@@ -${from},${kept + last - first + 1} +${kept === 0 ? 0 : from},${kept} @@`,
    ...above.map((number) => ` ${text(number)}`),
    ...range(first, last).map((number) => `-${text(number)}`),
    ...below.map((number) => ` ${text(number)}`),
  ].join("\n");
}

/** Keeps the bytes in a folder of the system's own for temporary files, whoever else may read the workspace. */
async function keepBackup(path: string, bytes: Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "glue-toolkit-undo-"));
  const backup = join(folder, basename(path));
  await writeFile(backup, bytes, { mode: 0o600 });
  return backup;
}

/** The rules that the bytes, put in the script's place, break for one of its Pythons. */
async function rulesBroken(
  script: ScriptToCheck,
  bytes: Uint8Array,
  { approve: _, ...options }: FixOptions,
): Promise<RuleId[]> {
  const folder = await mkdtemp(join(tmpdir(), "glue-toolkit-fix-"));
  try {
    const absolutePath = join(folder, "fixed.py");
    await writeFile(absolutePath, bytes);
    const { answers } = await judgeScripts([{ ...script, absolutePath }], { ...options, progress: silent });
    const rulesFound = answers.flat().flatMap(({ findings }) => findings.map(({ rule }) => rule));
    return [...new Set(rulesFound)].filter((rule) => appliesToJobs({ rule }, script.jobs));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function isError(rule: RuleId): boolean {
  return rules[rule].severity === "error";
}

/**
 * Puts new bytes in a file's place at one stroke, links and mode kept, unless it no longer holds the old ones: a reader,
 * or a crash on the way, never meets half a script. Gives why it didn't, if it didn't.
 */
async function replaceContent(path: string, old: Uint8Array, bytes: Uint8Array): Promise<string | undefined> {
  let beside: string | undefined;
  try {
    const target = await realpath(path);
    const { mode } = await stat(target);
    beside = `${target}.${randomUUID()}.tmp`;
    await writeFile(beside, bytes, { mode });
    await chmod(beside, mode);
    const now = await readFile(target);
    if (!now.equals(old)) return "the file has changed since it was checked";
    await rename(beside, target);
    return undefined;
  } catch (thrown) {
    return `it can't be written: ${messageOf(thrown)}`;
  } finally {
    if (beside !== undefined) await rm(beside, { force: true });
  }
}

/** Offsets at which lines begin, by Python's line ends: LF, CRLF and CR. */
function lineStarts(bytes: Uint8Array): number[] {
  const starts = [0];
  for (let at = 0; at < bytes.length; at += 1) {
    const ends = bytes[at] === 10 || (bytes[at] === 13 && bytes[at + 1] !== 10);
    if (ends) starts.push(at + 1);
  }
  return starts;
}
