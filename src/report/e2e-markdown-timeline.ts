import type { E2eResult } from "../e2e/result.ts";
import { ganttChart } from "./e2e-gantt.ts";
import type { E2eWords } from "./e2e-words.ts";
import { blocks } from "./markdown-text.ts";

/** When each step ran, as a chart that GitHub draws. */
export function timelineSection(result: E2eResult, words: E2eWords): string {
  const chart = ganttChart(result, words);
  if (chart === undefined) return "";
  return blocks(`## ⏱️ ${words.labels.timeline}`, `\`\`\`mermaid\n${chart}\n\`\`\``);
}
