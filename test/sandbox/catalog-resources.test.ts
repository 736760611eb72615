import { expect, it } from "vitest";
import { catalogResources } from "../../sandbox/catalog-resources.ts";

it.each([
  ["GetDatabases", {}, ["catalog", "database/*"]],
  ["CreateDatabase", { DatabaseInput: { Name: "d" } }, ["catalog", "database/d"]],
  ["DeleteDatabase", { Name: "d" }, ["catalog", "database/d", "table/d/*", "userDefinedFunction/d/*"]],
  ["GetTable", { DatabaseName: "d", Name: "t" }, ["catalog", "database/d", "table/d/t"]],
  ["GetTables", { DatabaseName: "d" }, ["catalog", "database/d", "table/d/*"]],
  ["UpdateTable", { DatabaseName: "d", TableInput: { Name: "t" } }, ["catalog", "database/d", "table/d/t"]],
  [
    "BatchDeleteTable",
    { DatabaseName: "d", TablesToDelete: ["t", "u"] },
    ["catalog", "database/d", "table/d/t", "table/d/u"],
  ],
  ["BatchCreatePartition", { DatabaseName: "d", TableName: "t" }, ["catalog", "database/d", "table/d/t"]],
  ["GetPartitionIndexes", { DatabaseName: "d", TableName: "t" }, ["catalog", "database/d", "table/d/t"]],
  [
    "GetColumnStatisticsForPartition",
    { DatabaseName: "d", TableName: "t" },
    ["catalog", "database/d", "table/d/t"],
  ],
  [
    "CreateUserDefinedFunction",
    { DatabaseName: "d", FunctionInput: { FunctionName: "f" } },
    ["catalog", "database/d", "userDefinedFunction/d/f"],
  ],
  ["GetConnection", { Name: "c" }, ["catalog", "connection/c"]],
  ["GetClassifier", { Name: "c" }, undefined],
])("%s of %j needs permission on the resource and its ancestors", (operation, input, resources) => {
  expect(catalogResources(operation, input)).toEqual(resources);
});
