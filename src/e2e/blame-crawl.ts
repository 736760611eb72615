import { someOf } from "../base/some-of.ts";
import { knownProblem } from "./causes.ts";
import type { Problem, StepResult } from "./result.ts";

/** What a table is called that a query or a script did not find. */
const missingTables: ReadonlySet<string> = new Set(["query-no-table", "no-such-table"]);

/**
 * A missing table with the crawl that should have made it: one that left no table, or the only one before the step.
 * Any other problem stays as it is.
 * @param before results of all that the step needs
 */
export function blameCrawl(problem: Problem, before: readonly StepResult[]): Problem {
  if (!missingTables.has(problem.code)) return problem;
  const crawls = before.flatMap((step) =>
    step.kind === "crawler" && step.details?.changes !== undefined
      ? [{ key: step.key, crawler: step.details.crawler, tables: keptTables(step.details.changes.tables) }]
      : [],
  );
  const [empty] = crawls.filter(({ tables }) => tables.length === 0);
  const crawl = empty ?? (crawls.length === 1 ? crawls[0] : undefined);
  if (crawl === undefined) return problem;
  const { excerpt, log, source } = problem;
  const facts = {
    error: problem.facts["error"] ?? problem.message,
    crawler: crawl.crawler,
    crawl: crawl.key,
    tables: someOf(crawl.tables) || "–",
  };
  return knownProblem("table-not-crawled", facts, {
    ...(excerpt && { excerpt }),
    ...(log && { log }),
    ...(source && { source }),
  });
}

type Tables = Readonly<Record<"made" | "changed" | "unchanged", readonly string[]>>;

function keptTables({ made, changed, unchanged }: Tables): readonly string[] {
  return [...made, ...changed, ...unchanged];
}
