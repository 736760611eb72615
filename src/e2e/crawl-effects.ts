import { type CrawlSummary, crawlSummary } from "../aws/crawl-summary.ts";
import type { CrawlView } from "../aws/crawlers.ts";
import { listTables, type TableView } from "../aws/tables.ts";
import { messageOf } from "../base/errors.ts";
import { someOf } from "../base/some-of.ts";
import type { CrawlerStep } from "../manifest/manifest.ts";
import { knownProblem } from "./causes.ts";
import type { StepRun } from "./context.ts";
import { isSince, splitFolders, tablesOf } from "./crawled-tables.ts";
import { tableProblems } from "./expected-tables.ts";
import type { CrawlChanges, Problem } from "./result.ts";

/** What a crawl did to the catalog, and what is wrong with that. */
export interface CrawlEffects {
  /** Undefined where neither the crawl's summary nor the catalog can be read. */
  readonly changes: CrawlChanges | undefined;
  readonly problems: readonly Problem[];
}

/**
 * The tables and partitions that a successful crawl made, changed and left as they were, from its summary and from the
 * catalog. Warns where there are none, and where one folder became several tables.
 * @throws ToolkitError where the tables are expected and the catalog can't be read
 */
export async function crawlEffects(step: CrawlerStep, crawl: CrawlView, run: StepRun): Promise<CrawlEffects> {
  const database = crawl.database ?? run.e2e.athena?.database ?? "";
  const { crawler, expectTables } = step;
  const summary = await allowed(run, () => crawlSummary(run.clients.glue, crawler, crawl, run));
  const tables =
    expectTables === undefined
      ? await allowed(run, () => listTables(run.clients.glue, database, run))
      : { value: await listTables(run.clients.glue, database, run) };
  const own = tables.value && tablesOf(crawler, crawl, tables.value);
  const changes = changesOf(summary.value, own, crawl);
  if (expectTables !== undefined) {
    return { changes, problems: tableProblems({ crawler, expectTables, database }, crawl, own ?? []) };
  }
  if (changes === undefined || own === undefined) {
    const error = tables.error ?? summary.error ?? "";
    const facts = { what: `what the crawl of ${crawler} made`, action: "glue:GetTables", error };
    return { changes, problems: [knownProblem("not-readable", facts, { severity: "warning" })] };
  }
  return { changes, problems: warningsOf(crawler, crawl, changes, own, database) };
}

function warningsOf(
  crawler: string,
  crawl: CrawlView,
  { tables, partitions }: CrawlChanges,
  own: readonly TableView[],
  database: string,
): readonly Problem[] {
  // What a crawler of other stores writes is not always marked as its own.
  if (crawl.folders === undefined) return [];
  const folders = crawl.folders.join(", ");
  const touched = [tables.made, tables.changed, tables.unchanged].some((names) => names.length > 0);
  if (!touched && partitions.made + partitions.changed === 0) {
    return [knownProblem("crawl-made-nothing", { crawler, database, folders }, { severity: "warning" })];
  }
  return splitFolders(crawl, own).map(({ folder, tables: names }) => {
    const facts = { crawler, folder, count: String(names.length), tables: someOf(names) };
    return knownProblem("crawl-split-folder", facts, { severity: "warning" });
  });
}

/** The catalog tells what is there, the summary what was done; where one is missing the other has to do. */
function changesOf(
  summary: CrawlSummary | undefined,
  own: readonly TableView[] | undefined,
  { startedOn }: CrawlView,
): CrawlChanges | undefined {
  if (summary === undefined && own === undefined) return undefined;
  const since = startedOn?.getTime() ?? Number.POSITIVE_INFINITY;
  const names = (wanted: (table: TableView) => boolean): string[] =>
    (own ?? []).filter(wanted).map(({ name }) => name);
  const made = union(
    summary?.tables.ADD.names ?? [],
    names(({ createdOn }) => isSince(createdOn, since)),
  );
  const updated = summary?.tables.UPDATE.names ?? names(({ updatedOn }) => isSince(updatedOn, since));
  const changed = updated.filter((name) => !made.includes(name));
  const deleted = [...(summary?.tables.DELETE.names ?? [])];
  const unchanged = names(({ name }) => ![...made, ...changed, ...deleted].includes(name));
  const { ADD, UPDATE, DELETE } = summary?.partitions ?? {};
  return {
    tables: { made, changed, deleted, unchanged },
    partitions: { made: ADD?.count ?? 0, changed: UPDATE?.count ?? 0, deleted: DELETE?.count ?? 0 },
  };
}

function union(first: readonly string[], second: readonly string[]): string[] {
  return [...new Set([...first, ...second])];
}

/** A crawl was good or bad whether or not its caller may look at what it did. */
async function allowed<T>(
  run: StepRun,
  read: () => Promise<T>,
): Promise<{ readonly value?: T | undefined; readonly error?: string }> {
  try {
    return { value: await read() };
  } catch (thrown) {
    if (run.signal.aborted) throw thrown;
    return { error: messageOf(thrown) };
  }
}
