/** Resources of the Data Catalog: the upstream answers their operations, and Athena reads what it keeps. */
const CATALOG = [
  "Database",
  "Table",
  "TableVersion",
  "Partition",
  "PartitionIndex",
  "PartitionIndexes",
  "ColumnStatisticsForTable",
  "ColumnStatisticsForPartition",
  "Connection",
  "SecurityConfiguration",
  "Classifier",
  "UserDefinedFunction",
] as const;

const VERB = /^(?:BatchCreate|BatchDelete|BatchGet|BatchUpdate|Create|Delete|Get|Update)(.+?)$/;

/** Whether an operation is the catalog's and not answered here. */
export function isPassedOn(operation: string): boolean {
  const resource = VERB.exec(operation)?.[1] ?? "";
  return CATALOG.some((known) => resource === known || resource === `${known}s`);
}
