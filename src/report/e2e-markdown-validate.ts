import { fill } from "../e2e/causes.ts";
import type { E2eResult, StepResult } from "../e2e/result.ts";
import { phaseHeading } from "./e2e-markdown-clean.ts";
import type { E2eWords } from "./e2e-words.ts";
import { blocks, code, codeBlock, prose, table } from "./markdown-text.ts";
import { formatBytes } from "./units.ts";

type QueryResult = Extract<StepResult, { kind: "query" }>;

/** Phase 3: a row per query, and for each failed one its SQL and a sample of rows. */
export function validateSection(result: E2eResult, words: E2eWords, language: string): string {
  const { labels } = words;
  const queries = result.steps.filter(
    (step): step is QueryResult => step.kind === "query" && step.state !== "not-selected",
  );
  if (queries.length === 0) return "";
  const overview = table(
    [labels.query, labels.expected, labels.result, labels.rows, labels.scanned, labels.state],
    queries.map(({ key, state, details, blockedBy }) => [
      code(key),
      (details?.expected ?? []).map((text) => prose(text)).join("; ") || "–",
      outcomeOf(state, details, blockedBy, words),
      details?.rows === undefined ? "–" : `${details.rows}${details.more ? "+" : ""}`,
      details?.scannedBytes === undefined ? "–" : formatBytes(details.scannedBytes, language),
      words.states[state],
    ]),
  );
  const failed = queries
    .filter(({ state }) => state === "failed" || state === "timed-out")
    .map((query) => failedQuery(query, words));
  return blocks(phaseHeading(result, words, "validate"), overview, ...failed);
}

function outcomeOf(
  state: QueryResult["state"],
  details: QueryResult["details"],
  blockedBy: readonly string[],
  { labels }: E2eWords,
): string {
  if (state === "passed") return labels.allAsExpected;
  if (blockedBy.length > 0) return `${labels.blockedBy} ${blockedBy.map((key) => code(key)).join(", ")}`;
  return (details?.actual ?? []).map((text) => prose(text, 300)).join("; ") || "–";
}

function failedQuery({ key, details }: QueryResult, { labels }: E2eWords): string {
  if (details === undefined) return "";
  const { columns = [], sample = [], rows = 0 } = details;
  const cells = sample.map((row) => row.map((cell) => (cell === null ? "*NULL*" : prose(cell))));
  return blocks(
    `### ${code(key)}`,
    codeBlock(details.sql.trim().split("\n"), "sql"),
    cells.length > 0 ? `${labels.rows} (${fill(labels.rowsShown, { count: String(rows) })}):` : "",
    table(
      columns.map((name) => prose(name)),
      cells,
    ),
  );
}
