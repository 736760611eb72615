import type { CrawlView } from "../aws/crawlers.ts";
import { listTables } from "../aws/tables.ts";
import type { CrawlerStep } from "../manifest/manifest.ts";
import { knownProblem } from "./causes.ts";
import type { StepRun } from "./context.ts";
import type { Problem } from "./result.ts";

/**
 * Where the catalog is not as a crawl was to leave it: an expected table that is missing or that another crawler keeps, and
 * a table beside them that this crawl made.
 */
export async function tableProblems(
  { crawler, expectTables }: CrawlerStep,
  crawl: CrawlView,
  run: StepRun,
): Promise<readonly Problem[]> {
  if (expectTables === undefined) return [];
  const database = crawl.database ?? run.e2e.athena?.database ?? "";
  const own = (await listTables(run.clients.glue, database, run)).filter(
    (table) => table.crawler === crawler,
  );
  const wanted = new Set(expectTables.map((name) => name.toLowerCase()));
  const missing = [...wanted].filter((name) => own.every((table) => table.name !== name));
  const since = crawl.startedOn?.getTime() ?? Number.POSITIVE_INFINITY;
  const more = own.filter(({ name, createdOn }) => !wanted.has(name) && (createdOn?.getTime() ?? 0) >= since);
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
