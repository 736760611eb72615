import fc from "fast-check";
import { accident } from "./accidents.ts";
import { healthyScripts } from "./cases/healthy.ts";
import { brokenOrphans, parsingOrphans } from "./cases/orphans.ts";

const bases = [
  ...healthyScripts.map(({ script }) => script),
  ...[...brokenOrphans, ...parsingOrphans].map(({ before, orphan, after = "" }) => before + orphan + after),
].filter((script) => script !== "");

/** What slips, tools and pastes put into scripts; the odd characters are those that readers of lines disagree about. */
const pieces = [
  ...[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    '"""',
    "'''",
    "\\",
    "#",
    ":",
    ",",
    ".",
    "=",
    "@",
    "%",
    "$",
    "`",
  ],
  ...[
    "\n",
    "\r",
    "\r\n",
    "\f",
    "\t",
    "\v",
    "\0",
    "\u2028",
    "\u200b",
    "\ufeff",
    "\u00a0",
    "é",
    "\ud83d\ude97",
  ],
  ...[
    "job.commit()",
    "\njob.commit()\n",
    "def f():\n",
    "else:",
    "except:",
    "finally:",
    "try:\n",
    "return",
    "async ",
    "match x:",
  ],
  ...[
    "<<<<<<< HEAD\n",
    "=======\n",
    ">>>>>>> topic\n",
    "```\n",
    "Traceback (most recent call last):\n",
    "{% if %}",
    "    ",
    "if 1:\n",
  ],
  ...[
    "# glue-toolkit: ignore[orphan-code]",
    "# -*- coding: latin-1 -*-\n",
    'f"{x',
    "lambda:",
    "class A:\n",
    "print x\n",
    "raw.write.parquet(1)\n",
  ],
];

type Change = (lines: string[], a: number, b: number, piece: string) => string[];

/** Each takes the lines, line ends included, and two numbers below their count. */
const changes: readonly Change[] = [
  (lines, a) => lines.toSpliced(a, 1),
  (lines, a, b) => lines.toSpliced(Math.min(a, b), Math.abs(a - b) + 1),
  (lines, a, b) => [...lines, ...lines.slice(Math.min(a, b), Math.max(a, b) + 1)],
  (lines, a, b) => lines.toSpliced(a, 0, ...lines.slice(b, b + 5)),
  (lines, a, b) => lines.with(a, lines[b] ?? "").with(b, lines[a] ?? ""),
  (lines, a) => lines.slice(0, a + 1),
  (lines, a) => lines.slice(a),
  (lines, a) => [...lines, ...lines.slice(a).map((line) => line.trimStart())],
  (lines, a) => lines.with(a, `    ${lines[a]}`),
  (lines, a) => lines.with(a, (lines[a] ?? "").trimStart()),
  (lines, a) => lines.with(a, (lines[a] ?? "").replace(/^ {4}/, "\t")),
  (lines, a) => lines.with(a, (lines[a] ?? "").replace(/\n$/, "\r")),
  (lines, a, _, piece) => lines.toSpliced(a, 0, piece),
  (lines, a, b, piece) => lines.with(a, insert(lines[a] ?? "", b, piece)),
  (lines, a, b) => lines.with(a, insert(lines[a] ?? "", b, "", 1)),
  (lines, _, __, piece) => [...lines, piece],
];

function insert(line: string, place: number, piece: string, instead = 0): string {
  const at = place % (line.length + 1);
  return line.slice(0, at) + piece + line.slice(at + instead);
}

const change = fc.record({
  how: fc.constantFrom(...changes),
  a: fc.nat(1_000),
  b: fc.nat(1_000),
  piece: fc.constantFrom(...pieces),
});

const anyBase = fc.record({
  base: fc.constantFrom(...bases),
  steps: fc.array(change, { minLength: 1, maxLength: 4 }),
});
const badByte = fc.oneof(
  { arbitrary: fc.constant(undefined), weight: 39 },
  { arbitrary: fc.nat(), weight: 1 },
);
const afterAccident = fc.record({ base: accident, steps: fc.array(change, { maxLength: 1 }) });

/**
 * Scripts, healthy and broken, after up to four slips of the pen, and half as many in which an accident has left lines after
 * the commit; a few have a byte that is no UTF-8.
 */
export const mutatedScript = fc.noBias(
  fc
    .tuple(fc.oneof({ arbitrary: anyBase, weight: 2 }, { arbitrary: afterAccident, weight: 1 }), badByte)
    .map(([{ base, steps }, bad]) => {
      let lines = base.split(/(?<=\n)/);
      for (const { how, a, b, piece } of steps) {
        if (lines.length === 0) lines = [piece];
        lines = how(lines, a % lines.length, b % lines.length, piece);
      }
      const bytes = Buffer.from(lines.join(""));
      if (bad !== undefined && bytes.length > 0) bytes[bad % bytes.length] = 0xe9;
      return bytes;
    }),
);
