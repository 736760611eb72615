import { createHash, randomUUID } from "node:crypto";
import { chmod, mkdtemp, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { messageOf } from "../base/errors.ts";
import { silent } from "../base/progress.ts";
import type { Finding } from "./findings.ts";
import { type JudgeOptions, judgeScripts } from "./judge.ts";
import { type RuleId, rules } from "./rules.ts";
import type { ScriptToCheck } from "./scripts-to-check.ts";

/** What became of a script's fixes. */
export interface FixedScript {
  readonly path: string;
  /** 0 when nothing was deleted. */
  readonly linesDeleted: number;
  /** Why nothing was deleted, when nothing was. */
  readonly reason: string | undefined;
}

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
  options: JudgeOptions,
): Promise<FixedScript[]> {
  const results: FixedScript[] = [];
  const fixes = new Map(findings.toReversed().flatMap(({ path, fix }) => (fix ? [[path, fix]] : [])));
  for (const script of scripts) {
    const fix = fixes.get(script.path);
    if (fix !== undefined) results.push(await fixScript(script, fix.deleteLines, options));
  }
  return results;
}

async function fixScript(
  script: CheckedScript,
  [first, last]: readonly [number, number],
  options: JudgeOptions,
): Promise<FixedScript> {
  const { path, absolutePath } = script;
  const untouched = (reason: string): FixedScript => ({ path, linesDeleted: 0, reason });
  const bytes = await readFile(absolutePath).catch(() => undefined);
  if (bytes === undefined || createHash("sha256").update(bytes).digest("hex") !== script.sha256)
    return untouched("the file has changed since it was checked");
  const fixed = deleteLines(bytes, first, last);
  if (!(await isMended(script, fixed, options))) return untouched("the rest of the script would not compile");
  const refusal = await replaceContent(absolutePath, bytes, fixed);
  return refusal === undefined
    ? { path, linesDeleted: last - first + 1, reason: undefined }
    : untouched(refusal);
}

/** Whether the bytes, put in the script's place, leave its Pythons no error to name. */
async function isMended(script: ScriptToCheck, bytes: Uint8Array, options: JudgeOptions): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), "glue-toolkit-fix-"));
  try {
    const absolutePath = join(folder, "fixed.py");
    await writeFile(absolutePath, bytes);
    const { answers } = await judgeScripts([{ ...script, absolutePath }], { ...options, progress: silent });
    return !answers.flat().some(({ findings }) => findings.some(({ rule }) => isError(rule)));
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
