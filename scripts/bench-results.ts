import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";

const resultSchema = z.object({
  date: z.iso.date(),
  machine: z.object({
    cpu: z.string(),
    cores: z.number(),
    memoryGigabytes: z.number(),
    system: z.string(),
    node: z.string(),
    python: z.string(),
  }),
  rounds: z.number(),
  figures: z.record(z.string(), z.number()),
});

export type BenchResults = Readonly<Record<string, z.infer<typeof resultSchema>>>;

/** What the benches last measured, by bench. */
export async function readBenchResults(root: string): Promise<BenchResults> {
  const text = await readFile(join(root, "bench/results.json"), "utf8");
  return z.record(z.string(), resultSchema).parse(JSON.parse(text));
}

/** @throws Error for a figure that no bench has measured */
export function figureOf(results: BenchResults, bench: string, name: string): number {
  const figure = results[bench]?.figures[name];
  if (figure === undefined)
    throw new Error(`bench/results.json lacks ${bench}.${name}: npm run bench -- ${bench}`);
  return figure;
}
