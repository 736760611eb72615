import { readFile, writeFile } from "node:fs/promises";
import { cpus, release, totalmem } from "node:os";

/** The machine that figures were taken on. */
export function machineFacts(python: string) {
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 1e9),
    system: `${process.platform} ${release()}`,
    node: process.versions.node,
    python,
  };
}

export interface BenchResult {
  readonly date: string;
  readonly machine: ReturnType<typeof machineFacts>;
  readonly rounds: number;
  readonly figures: Readonly<Record<string, number>>;
}

/** Puts one bench's result into the file, beside the last results of the others. */
export async function keepResult(file: string, name: string, result: BenchResult): Promise<void> {
  const others = JSON.parse(await readFile(file, "utf8").catch(() => "{}")) as Record<string, BenchResult>;
  const all = Object.entries({ ...others, [name]: result }).sort(([a], [b]) => (a < b ? -1 : 1));
  await writeFile(file, `${JSON.stringify(Object.fromEntries(all), rounded, 2)}\n`);
}

function rounded(_: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(4)) : value;
}
