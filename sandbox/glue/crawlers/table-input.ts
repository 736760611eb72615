import type { StorageDescriptor, TableInput } from "@aws-sdk/client-glue";
import type { CrawlerRecord } from "./crawler-record.ts";
import type { InferredTable } from "./infer-schema.ts";

/** The parameters that crawlers put on a table, as seen on tables of real crawlers. */
function tableParameters(
  crawler: CrawlerRecord,
  crawlId: string,
  table: InferredTable,
): Record<string, string> {
  const averageRecordSize = table.recordCount > 0 ? Math.round(table.sizeBytes / table.recordCount) : 0;
  return {
    compressionType: "none",
    typeOfData: "file",
    ...table.parameters,
    CRAWL_RUN_ID: crawlId,
    CrawlerSchemaDeserializerVersion: "1.0",
    CrawlerSchemaSerializerVersion: "1.0",
    UPDATED_BY_CRAWLER: crawler.name,
    averageRecordSize: String(averageRecordSize),
    classification: table.classification,
    objectCount: String(table.objectCount),
    recordCount: String(table.recordCount),
    sizeKey: String(table.sizeBytes),
  };
}

/** What CreateTable and UpdateTable are given for an inferred table. */
export function tableInput(crawler: CrawlerRecord, crawlId: string, table: InferredTable): TableInput {
  const parameters = tableParameters(crawler, crawlId, table);
  return {
    Name: table.name,
    Owner: "owner",
    Retention: 0,
    TableType: "EXTERNAL_TABLE",
    PartitionKeys: table.partitionKeys,
    Parameters: parameters,
    StorageDescriptor: storageDescriptor(table, table.location, parameters),
  };
}

/** A partition stores the table's descriptor with a location of its own. */
export function storageDescriptor(
  table: InferredTable,
  location: string,
  parameters: Record<string, string> = { classification: table.classification },
): StorageDescriptor {
  return {
    ...(table.storageDescriptor as StorageDescriptor),
    Columns: table.columns,
    Location: location,
    Parameters: parameters,
  };
}
