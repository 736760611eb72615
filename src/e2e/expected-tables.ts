import type { CrawlView } from "../aws/crawlers.ts";
import type { TableView } from "../aws/tables.ts";
import { knownProblem } from "./causes.ts";
import { isSince } from "./crawled-tables.ts";
import type { Problem } from "./result.ts";

/**
 * Where the catalog is not as a crawl was to leave it: an expected table that is missing, whose data are gone or that
 * another crawler keeps, and a table beside them that this crawl made.
 * @param own the tables that the crawler keeps
 */
export function tableProblems(
  wish: { readonly crawler: string; readonly database: string; readonly expectTables: readonly string[] },
  { startedOn }: CrawlView,
  own: readonly TableView[],
): readonly Problem[] {
  const { crawler, database, expectTables } = wish;
  const wanted = new Set(expectTables.map((name) => name.toLowerCase()));
  const missing = [...wanted].filter((name) => own.every((table) => table.name !== name));
  const since = startedOn?.getTime() ?? Number.POSITIVE_INFINITY;
  const more = own.filter(({ name, createdOn }) => !wanted.has(name) && isSince(createdOn, since));
  if (missing.length + more.length === 0) return [];
  const facts = {
    crawler,
    database,
    expected: [...wanted].join(", "),
    missing: missing.join(", ") || "–",
    more: more.map(({ name }) => name).join(", ") || "–",
  };
  return [knownProblem("tables-differ", facts)];
}
