import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as z from "zod";
import { type CheckerAnswer, checkerAnswer } from "./checker-answer.ts";

/** Answers of earlier runs, found by what they depend on: checker, Python and the script's bytes. */
export interface ResultCache {
  /** The answer for a file's present bytes; undefined when there is none that can be trusted. */
  find(path: string, judge: string): Promise<CheckerAnswer | undefined>;
  /** Keeps an answer, where it can be kept; a folder that can't be written costs only the next run's time. */
  keep(answer: CheckerAnswer, judge: string): Promise<void>;
}

const largestCached = 4 * 1024 * 1024;
/** `digest` is over key and answer: an entry with a damaged byte is no entry. */
const entrySchema = z.strictObject({ key: z.string(), digest: z.string(), answer: z.string() });

/**
 * A cache in a folder that branches may share: an entry's name is a hash of everything its answer follows from, so that
 * no path, branch or date is in it, and an entry that isn't whole and about just these bytes counts as none.
 */
export async function openResultCache(folder: string, checkerFolder: string): Promise<ResultCache> {
  const checker = await hashOfFolder(checkerFolder);
  const keyOf = (sha256: string, judge: string): string => hash(`${checker}\n${judge}\n${sha256}`);
  const placeOf = (key: string): string => join(folder, "validate-glue", key.slice(0, 2), `${key}.json`);
  return {
    async find(path, judge) {
      const sha256 = await hashOfFile(path);
      if (sha256 === undefined) return undefined;
      const key = keyOf(sha256, judge);
      const answer = await readEntry(placeOf(key), key);
      return answer?.sha256 === sha256 ? answer : undefined;
    },
    async keep(answer, judge) {
      if (answer.sha256 === null || !isLasting(answer)) return;
      const key = keyOf(answer.sha256, judge);
      const text = JSON.stringify(answer);
      const entry = { key, digest: hash(`${key}\n${text}`), answer: text };
      await writeWhole(placeOf(key), JSON.stringify(entry)).catch(() => undefined);
    },
  };
}

/** Whether another run would surely say the same: not so for what depends on the machine's memory. */
function isLasting({ internal, findings }: CheckerAnswer): boolean {
  return internal === null && !JSON.stringify(findings).includes('"MemoryError"');
}

async function readEntry(path: string, key: string): Promise<CheckerAnswer | undefined> {
  try {
    const entry = entrySchema.parse(JSON.parse(await readFile(path, "utf8")));
    if (entry.key !== key || entry.digest !== hash(`${key}\n${entry.answer}`)) return undefined;
    return checkerAnswer.parse(JSON.parse(entry.answer));
  } catch {
    return undefined; // missing, damaged or of another version
  }
}

/** Written beside and moved into place, so that no reader ever sees half an entry. */
async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.${randomUUID()}`;
  await writeFile(beside, text);
  await rename(beside, path);
}

async function hashOfFile(path: string): Promise<string | undefined> {
  try {
    const stats = await stat(path);
    if (!stats.isFile() || stats.size > largestCached) return undefined;
    return hash(await readFile(path));
  } catch {
    return undefined;
  }
}

async function hashOfFolder(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".py")).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name))));
  return hash(Buffer.concat(texts.flatMap((text, index) => [Buffer.from(`\n${names[index]}\n`), text])));
}

function hash(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
