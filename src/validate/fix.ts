import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silent } from "../base/progress.ts";
import type { Finding } from "./findings.ts";
import { type JudgeOptions, judgeScripts } from "./judge.ts";
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
  const from = starts[first - 1];
  if (from === undefined || last < first) return bytes;
  const to = starts[last] ?? bytes.length;
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
}

/**
 * Deletes the orphan lines that findings name, in files whose bytes are still those that were judged and only where the
 * result has no finding left: so a second run finds nothing to delete.
 */
export async function fixScripts(
  scripts: readonly CheckedScript[],
  findings: readonly Finding[],
  options: JudgeOptions,
): Promise<FixedScript[]> {
  const results: FixedScript[] = [];
  for (const script of scripts) {
    const fix = findings.find((finding) => finding.path === script.path && finding.fix)?.fix;
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
  const bytes = await readFile(absolutePath);
  if (createHash("sha256").update(bytes).digest("hex") !== script.sha256)
    return { path, linesDeleted: 0, reason: "the file has changed since it was checked" };
  const fixed = deleteLines(bytes, first, last);
  if (!(await isClean(script, fixed, options)))
    return { path, linesDeleted: 0, reason: "the rest of the script would not compile" };
  await writeFile(absolutePath, fixed);
  return { path, linesDeleted: last - first + 1, reason: undefined };
}

/** Whether the bytes, put in the script's place, leave its Pythons nothing to say. */
async function isClean(script: ScriptToCheck, bytes: Uint8Array, options: JudgeOptions): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), "glue-toolkit-fix-"));
  try {
    const absolutePath = join(folder, "fixed.py");
    await writeFile(absolutePath, bytes);
    const { answers } = await judgeScripts([{ ...script, absolutePath }], { ...options, progress: silent });
    return answers.flat().every(({ findings }) => findings.length === 0);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Offsets at which lines begin, by Python's line ends: LF, CRLF and CR. */
function lineStarts(bytes: Uint8Array): number[] {
  const starts = bytes.length === 0 ? [] : [0];
  for (let at = 0; at < bytes.length; at += 1) {
    const ends = bytes[at] === 10 || (bytes[at] === 13 && bytes[at + 1] !== 10);
    if (ends && at + 1 < bytes.length) starts.push(at + 1);
  }
  return starts;
}
