import {
  BatchCreatePartitionCommand,
  BatchUpdatePartitionCommand,
  DeletePartitionCommand,
  type GlueClient,
  paginateGetPartitions,
} from "@aws-sdk/client-glue";
import type { InferredTable } from "./infer-schema.ts";
import { storageDescriptor } from "./table-input.ts";

const CREATE_BATCH = 100;

/** A table's partitions in the catalog. */
export interface PartitionPlace {
  readonly catalog: GlueClient;
  readonly database: string;
  readonly table: InferredTable;
}

/** Values of the partitions added, changed and removed, each joined by "/". */
export type PartitionChanges = Record<"ADD" | "UPDATE" | "DELETE", string[]>;

/**
 * Brings the catalog's partitions to those found: new ones always, moved ones when `update`, vanished ones
 * when `remove` (the crawler's SchemaChangePolicy).
 */
export async function syncPartitions(
  place: PartitionPlace,
  policy: { readonly update: boolean; readonly remove: boolean },
): Promise<PartitionChanges> {
  const { table } = place;
  if (table.partitionKeys.length === 0) return { ADD: [], UPDATE: [], DELETE: [] };
  const known = await knownPartitions(place);
  const found = new Map(table.partitions.map((partition) => [partition.values.join("/"), partition]));
  const added = [...found.keys()].filter((key) => !known.has(key));
  const moved = [...found].filter(([key, { location }]) => known.has(key) && known.get(key) !== location);
  const gone = policy.remove ? [...known.keys()].filter((key) => !found.has(key)) : [];
  const changed = policy.update ? moved.map(([key]) => key) : [];
  await create(
    place,
    table.partitions.filter(({ values }) => !known.has(values.join("/"))),
  );
  await update(
    place,
    table.partitions.filter(({ values }) => changed.includes(values.join("/"))),
  );
  for (const key of gone) await remove(place, key.split("/"));
  return { ADD: added, UPDATE: changed, DELETE: gone };
}

async function knownPartitions({ catalog, database, table }: PartitionPlace): Promise<Map<string, string>> {
  const known = new Map<string, string>();
  const pages = paginateGetPartitions({ client: catalog }, { DatabaseName: database, TableName: table.name });
  for await (const { Partitions } of pages) {
    for (const { Values, StorageDescriptor } of Partitions ?? []) {
      known.set((Values ?? []).join("/"), StorageDescriptor?.Location ?? "");
    }
  }
  return known;
}

async function create(place: PartitionPlace, partitions: InferredTable["partitions"]): Promise<void> {
  for (let start = 0; start < partitions.length; start += CREATE_BATCH) {
    const PartitionInputList = partitions
      .slice(start, start + CREATE_BATCH)
      .map((partition) => input(place, partition));
    await place.catalog.send(
      new BatchCreatePartitionCommand({
        DatabaseName: place.database,
        TableName: place.table.name,
        PartitionInputList,
      }),
    );
  }
}

async function update(place: PartitionPlace, partitions: InferredTable["partitions"]): Promise<void> {
  if (partitions.length === 0) return;
  const Entries = partitions.map((partition) => ({
    PartitionValueList: partition.values,
    PartitionInput: input(place, partition),
  }));
  await place.catalog.send(
    new BatchUpdatePartitionCommand({ DatabaseName: place.database, TableName: place.table.name, Entries }),
  );
}

async function remove(place: PartitionPlace, PartitionValues: string[]): Promise<void> {
  await place.catalog.send(
    new DeletePartitionCommand({
      DatabaseName: place.database,
      TableName: place.table.name,
      PartitionValues,
    }),
  );
}

function input({ table }: PartitionPlace, { values, location }: InferredTable["partitions"][number]) {
  return { Values: values, StorageDescriptor: storageDescriptor(table, location) };
}
