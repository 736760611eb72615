import {
  CreateTableCommand,
  DeleteTableCommand,
  EntityNotFoundException,
  GetDatabaseCommand,
  type GlueClient,
  paginateGetTables,
  type Table,
  type TableInput,
  UpdateTableCommand,
} from "@aws-sdk/client-glue";
import { syncPartitions } from "./catalog-partitions.ts";
import type { CatalogChanges, CrawlerRecord } from "./crawler-record.ts";
import type { InferredTable } from "./infer-schema.ts";
import { tableInput } from "./table-input.ts";

/** One crawl's way into the catalog. */
interface Update {
  readonly catalog: GlueClient;
  readonly database: string;
  readonly crawler: CrawlerRecord;
  readonly crawlId: string;
  readonly log: (line: string) => void;
  readonly now: () => number;
  readonly changes: { readonly tables: Changes; readonly partitions: Changes };
}
type Changes = Record<"ADD" | "UPDATE" | "DELETE", string[]>;

export type CatalogTarget = Pick<Update, "catalog" | "crawler" | "crawlId" | "log" | "now">;

/**
 * Writes what a crawl found: new tables and partitions always; changed and vanished ones as the crawler's
 * SchemaChangePolicy says (developer guide, crawler-schema-changes-prevent).
 * @throws Error with the crawl's ErrorMessage when the database is not there
 */
export async function updateCatalog(
  target: CatalogTarget,
  tables: readonly InferredTable[],
): Promise<CatalogChanges> {
  const database = target.crawler.definition.DatabaseName ?? "";
  await checkDatabase(target.catalog, database);
  const empty = (): Changes => ({ ADD: [], UPDATE: [], DELETE: [] });
  const update: Update = { ...target, database, changes: { tables: empty(), partitions: empty() } };
  const known = await knownTables(update);
  for (const table of tables) await writeTable(update, known.get(table.name), table);
  const found = new Set(tables.map(({ name }) => name));
  for (const table of known.values()) {
    const ours = table.Parameters?.["UPDATED_BY_CRAWLER"] === target.crawler.name;
    if (ours && !found.has(table.Name ?? "")) await forgetTable(update, table);
  }
  return update.changes;
}

async function checkDatabase(catalog: GlueClient, database: string): Promise<void> {
  try {
    await catalog.send(new GetDatabaseCommand({ Name: database }));
  } catch (error) {
    if (error instanceof EntityNotFoundException)
      throw new Error(`Database ${database} not found.`, { cause: error });
    throw error;
  }
}

async function knownTables({ catalog, database }: Update): Promise<Map<string, Table>> {
  const known = new Map<string, Table>();
  for await (const { TableList } of paginateGetTables({ client: catalog }, { DatabaseName: database })) {
    for (const table of TableList ?? []) known.set(table.Name ?? "", table);
  }
  return known;
}

async function writeTable(update: Update, known: Table | undefined, table: InferredTable): Promise<void> {
  const { catalog, database, changes, crawler, log } = update;
  const policy = crawler.definition.SchemaChangePolicy;
  const updates = policy?.UpdateBehavior !== "LOG";
  const input = tableInput(crawler, update.crawlId, table);
  if (!known) {
    await catalog.send(new CreateTableCommand({ DatabaseName: database, TableInput: input }));
    changes.tables.ADD.push(table.name);
    log(`INFO : Created table ${table.name} in database ${database}`);
  } else if (updates) {
    await catalog.send(new UpdateTableCommand({ DatabaseName: database, TableInput: input }));
    if (schemaOf(known) !== schemaOf(input)) changes.tables.UPDATE.push(table.name);
  } else if (schemaOf(known) !== schemaOf(input)) {
    log(`INFO : Schema of table ${table.name} changed; the update behavior is LOG`);
  }
  const moved = await syncPartitions(
    { catalog, database, table },
    { update: updates, remove: policy?.DeleteBehavior === "DELETE_FROM_DATABASE" },
  );
  for (const kind of ["ADD", "UPDATE", "DELETE"] as const) {
    changes.partitions[kind].push(...moved[kind].map((values) => `${table.name}/${values}`));
  }
}

async function forgetTable(update: Update, table: Table): Promise<void> {
  const { catalog, database, changes, crawler, log } = update;
  const name = table.Name ?? "";
  const behavior = crawler.definition.SchemaChangePolicy?.DeleteBehavior;
  if (behavior === "DELETE_FROM_DATABASE") {
    await catalog.send(new DeleteTableCommand({ DatabaseName: database, Name: name }));
    changes.tables.DELETE.push(name);
    log(`INFO : Deleted table ${name}`);
  } else if (behavior === "DEPRECATE_IN_DATABASE" && !table.Parameters?.["DEPRECATED_BY_CRAWLER"]) {
    const Parameters = { ...table.Parameters, DEPRECATED_BY_CRAWLER: String(update.now()) };
    const { PartitionKeys, StorageDescriptor, TableType } = table;
    const TableInput = { Name: name, Parameters, PartitionKeys, StorageDescriptor, TableType };
    await catalog.send(new UpdateTableCommand({ DatabaseName: database, TableInput }));
    changes.tables.UPDATE.push(name);
    log(`INFO : Deprecated table ${name}`);
  } else log(`INFO : Data of table ${name} is gone; the delete behavior is ${behavior}`);
}

/** What makes two versions of a table differ for a crawler. */
function schemaOf(table: Table | TableInput): string {
  const { Columns, Location, InputFormat, OutputFormat, SerdeInfo } = table.StorageDescriptor ?? {};
  const columns = (list: typeof Columns) => (list ?? []).map(({ Name, Type }) => [Name, Type]);
  return JSON.stringify([
    columns(Columns),
    columns(table.PartitionKeys),
    Location,
    InputFormat,
    OutputFormat,
    SerdeInfo?.SerializationLibrary,
  ]);
}
