import { type GlueClient, ListCrawlsCommand } from "@aws-sdk/client-glue";
import * as z from "zod";
import { parseJson } from "../base/parse-json.ts";
import type { CrawlView } from "./crawlers.ts";
import { type Patience, readAgain } from "./read-again.ts";

/** How many of something a crawl did, and their names where Glue tells them. */
export interface Changed {
  readonly count: number;
  readonly names: readonly string[];
}

/** What one crawl did to the catalog. */
export interface CrawlSummary {
  readonly tables: Readonly<Record<ChangeKind, Changed>>;
  readonly partitions: Readonly<Record<ChangeKind, Changed>>;
}

export const changeKinds = ["ADD", "UPDATE", "DELETE"] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** Newest crawls that are looked through for the one that is meant. */
const history = 20;

/**
 * What a crawl did, as Glue sums it up; undefined where the history has no readable summary of it.
 * @throws ToolkitError, `aws-access-denied` without glue:ListCrawls
 */
export async function crawlSummary(
  glue: GlueClient,
  crawler: string,
  crawl: Pick<CrawlView, "id" | "startedOn">,
  patience: Patience,
): Promise<CrawlSummary | undefined> {
  const call = { service: "glue", operation: "ListCrawls", resource: `crawler ${crawler}` } as const;
  const command = new ListCrawlsCommand({ CrawlerName: crawler, MaxResults: history });
  const response = await readAgain(call, patience, () =>
    glue.send(command, { abortSignal: patience.signal }),
  );
  const started = crawl.startedOn?.getTime();
  const own = response.Crawls?.find(({ CrawlId, StartTime }) =>
    crawl.id === undefined ? StartTime?.getTime() === started : CrawlId === crawl.id,
  );
  return own?.State === "COMPLETED" ? parseSummary(own.Summary) : undefined;
}

const changed = z.object({
  Count: z.number().optional(),
  Details: z.object({ names: z.array(z.string()).optional() }).optional(),
});
const byKind = z.partialRecord(z.enum(changeKinds), changed);
/** An object, or the JSON text of one. */
const nested = z.union([byKind, z.string().transform(parseJson).pipe(byKind)]);
const summarySchema = z.object({ TABLE: nested.optional(), PARTITION: nested.optional() });

/**
 * A summary's members. The service model says only that it is JSON of the tables and partitions added, updated or
 * deleted (CrawlerHistory.Summary), so that another form than the one known gives undefined, never "nothing".
 */
export function parseSummary(summary: string | undefined): CrawlSummary | undefined {
  const read = summarySchema.safeParse(parseJson(summary ?? ""));
  if (!read.success) return undefined;
  return { tables: viewOf(read.data.TABLE), partitions: viewOf(read.data.PARTITION) };
}

function viewOf(kinds: z.infer<typeof byKind> = {}): CrawlSummary["tables"] {
  const of = (kind: ChangeKind): Changed => {
    const { Count, Details } = kinds[kind] ?? {};
    const names = Details?.names ?? [];
    return { count: Count ?? names.length, names };
  };
  return { ADD: of("ADD"), UPDATE: of("UPDATE"), DELETE: of("DELETE") };
}
