import { formatDuration } from "../base/duration.ts";
import { plainText } from "../base/plain-text.ts";
import type { E2eResult, StepResult } from "../e2e/result.ts";
import type { E2eWords } from "./e2e-words.ts";
import { plainWord } from "./plain-word.ts";

/** Mermaid's tags, which decide a bar's colour. */
const tags: Readonly<Record<string, string>> = { passed: "done", failed: "crit", "timed-out": "crit" };
const marks: Readonly<Record<string, string>> = { passed: "✅", failed: "❌", "timed-out": "⏱️" };

/** When each phase and step ran, as the text of a Mermaid Gantt chart; undefined when nothing has. */
export function ganttChart(result: E2eResult, words: E2eWords): string | undefined {
  const before = result.phases.filter(({ name }) => name === "preflight" || name === "clean");
  const rows = [
    ...before.flatMap((phase) => bar(plainWord(words.phases[phase.name]), phase) ?? []),
    ...sections(result.steps, words),
  ];
  if (rows.length === 0) return undefined;
  return ["gantt", "dateFormat x", "axisFormat %H:%M:%S", ...rows].map(indent).join("\n");
}

function sections(steps: readonly StepResult[], words: E2eWords): string[] {
  const parts = [
    ["run", steps.filter(({ kind }) => kind !== "query")],
    ["validate", steps.filter(({ kind }) => kind === "query")],
  ] as const;
  return parts.flatMap(([name, some]) => {
    const bars = some.flatMap((step) => bar(step.key, step) ?? []);
    return bars.length === 0 ? [] : [`section ${safe(plainWord(words.phases[name]))}`, ...bars];
  });
}

function bar(
  name: string,
  { state, startedAt, endedAt }: Pick<StepResult, "startedAt" | "endedAt"> & { readonly state: string },
): string | undefined {
  if (startedAt === undefined || endedAt === undefined) return undefined;
  const [from, to] = [Date.parse(startedAt), Date.parse(endedAt)];
  const tag = tags[state] ?? "active";
  // The mark comes first, so that no name is taken for one of Mermaid's own words.
  const label = `${marks[state] ?? "⚠️"} ${safe(name)} (${formatDuration(to - from)})`;
  return `${label} :${tag}, ${from}, ${Math.max(to, from + 1)}`;
}

/** Without what ends a name, a statement or a line in Mermaid, or begins a comment or an entity. */
function safe(text: string): string {
  return plainText(text, 80)
    .replaceAll(/[^\p{L}\p{N} ._/()–-]+/gu, " ")
    .trim();
}

function indent(row: string, index: number): string {
  return index === 0 ? row : `  ${row}`;
}
