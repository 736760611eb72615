import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { guard, inMain, whole } from "./cases/parts.ts";

const silver = join(import.meta.dirname, "../../examples/medallion/glue_jobs/silver_consolidation_job.py");
const short = [whole, whole.trimEnd(), whole.replaceAll("\n", "\r\n"), inMain + guard];
const job = fc.oneof(
  { arbitrary: fc.constantFrom(...short), weight: 15 },
  { arbitrary: fc.constant(readFileSync(silver, "utf8")), weight: 1 },
);

const prose = [
  "This job was moved to the new pipeline last week.\n",
  "```\n",
  "Here is the corrected version of your script:\n",
  "25/11/05 14:50:01 INFO Job: done\n",
  "TODO ask the data team, they know\n",
];
const brackets = [")\n", "]\n", "}\n", "    ).show()\n", "(\n", '"""\n'];
const seams = ["", "\n", "\n\n# leftover\n\n", "    \n", "spark.stop()\n"];

type Slip = (lines: string[], place: number, piece: number) => string[];

const pick = (all: readonly string[], place: number): string => all[place % all.length] ?? "";

/** What happens to lines on their way to the wrong place. */
const slips: readonly Slip[] = [
  (lines) => lines,
  (lines, width) => lines.map((line) => line.replace(new RegExp(`^ {0,${width % 9}}`), "")),
  (lines, width) => lines.map((line) => " ".repeat(1 + (width % 8)) + line),
  ([first = "", ...rest], at) => [first.slice(at % (first.length + 1)), ...rest],
  (lines, at) => [...lines.slice(0, -1), cut(lines.at(-1) ?? "", at)],
  (lines, at, piece) => lines.toSpliced(at % (lines.length + 1), 0, pick(brackets, piece)),
  (lines, at, piece) => lines.toSpliced(at % (lines.length + 1), 0, pick(prose, piece)),
];

function cut(line: string, at: number): string {
  return line.slice(0, at % (line.length + 1));
}

/**
 * A job that is whole up to its commit, and behind it lines of its own: a part or a whole second copy, dedented, indented,
 * cut at an end, or with a stray bracket or prose in it.
 */
export const accident = fc
  .record({
    job,
    seam: fc.constantFrom(...seams),
    from: fc.nat(1_000),
    length: fc.integer({ min: 1, max: 300 }),
    steps: fc.array(fc.tuple(fc.constantFrom(...slips), fc.nat(1_000), fc.nat(1_000)), {
      minLength: 1,
      maxLength: 3,
    }),
  })
  .map(({ job, seam, from, length, steps }) => {
    const lines = job.split(/(?<=\n)/);
    const first = from % lines.length;
    let pasted = lines.slice(first, first + length);
    for (const [slip, place, piece] of steps) pasted = slip(pasted, place, piece);
    return [job.endsWith("\n") ? job : `${job}\n`, seam, ...pasted].join("");
  });
