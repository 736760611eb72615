import type { CrawlView } from "../aws/crawlers.ts";
import type { TableView } from "../aws/tables.ts";

/** The tables that a crawler keeps: those it wrote last, whose data it still finds below the folders that it reads. */
export function tablesOf(
  crawler: string,
  { folders }: Pick<CrawlView, "folders">,
  tables: readonly TableView[],
): readonly TableView[] {
  return tables.filter(
    (table) =>
      table.crawler === crawler &&
      !table.isDeprecated &&
      (folders === undefined || folderOf(folders, table) !== undefined),
  );
}

/** A folder that became more than one table. */
export interface SplitFolder {
  readonly folder: string;
  readonly tables: readonly string[];
}

/**
 * The folders of a crawler that this crawl split into several tables, or that hold tables of single files or of
 * partitions: those are never meant. Glue makes several tables of one folder whose files differ in format, compression
 * or schema (Glue developer guide, crawler-s3-folder-table-partition).
 */
export function splitFolders(
  { folders = [], startedOn }: Pick<CrawlView, "folders" | "startedOn">,
  tables: readonly TableView[],
): readonly SplitFolder[] {
  const since = startedOn?.getTime() ?? Number.POSITIVE_INFINITY;
  return folders.flatMap((folder) => {
    const below = tables.filter((table) => folderOf(folders, table) === folder);
    const isNew = below.some(({ createdOn }) => isSince(createdOn, since));
    const isSplit = below.length > 1 && (isNew || below.some((table) => isPart(folder, table)));
    return isSplit ? [{ folder, tables: below.map(({ name }) => name) }] : [];
  });
}

/** Catalog times are whole seconds; the crawl's own start may not be. */
export function isSince(time: Date | undefined, since: number): boolean {
  return time !== undefined && time.getTime() >= Math.floor(since / 1_000) * 1_000;
}

/** The narrowest of the folders in which a table lies. */
function folderOf(folders: readonly string[], { location = "" }: TableView): string | undefined {
  const place = plain(location);
  return folders
    .filter((folder) => place === plain(folder) || place.startsWith(`${plain(folder)}/`))
    .toSorted((a, b) => b.length - a.length)[0];
}

/** Whether a table is of one file, or of what is named like a partition, `year=2024` or `2024`. */
function isPart(folder: string, { location = "" }: TableView): boolean {
  const inside = plain(location).slice(plain(folder).length);
  const isFile = !location.endsWith("/") && /\.[^/]+$/.test(inside);
  return isFile || /\/(?:[^/=]+=[^/]*|\d+)(?:\/|$)/.test(inside);
}

/** A crawler's path may come without its scheme, and with or without a slash at its end. */
function plain(uri: string): string {
  return uri.replace(/^s3[an]?:\/\//, "").replace(/\/+$/, "");
}
