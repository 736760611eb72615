type Input = Readonly<Record<string, unknown>>;

const verb = "(?:BatchCreate|BatchDelete|BatchGet|BatchUpdate|Create|Delete|Get|Update)";
const kinds: readonly { readonly operations: RegExp; readonly resources: (input: Input) => string[] }[] = [
  { operations: /^DeleteDatabase$/, resources: (input) => [...database(input), ...childrenOf(input)] },
  { operations: named("Databases?"), resources: database },
  {
    operations: named(
      "(?:Table|TableVersion|Partition|PartitionIndex|ColumnStatisticsFor)(?:e?s|Table|Partition)?",
    ),
    resources: tables,
  },
  { operations: named("UserDefinedFunctions?"), resources: userDefinedFunction },
  { operations: named("Connections?"), resources: connections },
];

/**
 * The catalog resources that a call needs permission on, as the ends of their ARNs: the resource and all its
 * ancestors, and to delete a database its children too; undefined for a call that is about none.
 * (Glue developer guide, "Specifying AWS Glue resource ARNs", Data Catalog ARNs.)
 */
export function catalogResources(operation: string, input: Input): readonly string[] | undefined {
  return kinds.find(({ operations }) => operations.test(operation))?.resources(input);
}

function database(input: Input): string[] {
  return ["catalog", `database/${name(input["Name"], input["DatabaseInput"])}`];
}

function childrenOf(input: Input): string[] {
  return [`table/${name(input["Name"])}/*`, `userDefinedFunction/${name(input["Name"])}/*`];
}

function tables(input: Input): string[] {
  const owner = name(input["DatabaseName"]);
  const many = Array.isArray(input["TablesToDelete"]) ? input["TablesToDelete"] : undefined;
  const all = many ?? [name(input["TableName"], input["Name"], input["TableInput"])];
  return ["catalog", `database/${owner}`, ...all.map((table) => `table/${owner}/${String(table)}`)];
}

function userDefinedFunction(input: Input): string[] {
  const owner = name(input["DatabaseName"]);
  const own = name(input["FunctionName"], input["FunctionInput"]);
  return ["catalog", `database/${owner}`, `userDefinedFunction/${owner}/${own}`];
}

function connections(input: Input): string[] {
  const many = Array.isArray(input["ConnectionNameList"]) ? input["ConnectionNameList"] : undefined;
  const all = many ?? [name(input["Name"], input["ConnectionInput"])];
  return ["catalog", ...all.map((connection) => `connection/${String(connection)}`)];
}

/** The first name among members that are one or hold one; `*` for a call about all of them. */
function name(...members: readonly unknown[]): string {
  for (const member of members) {
    if (typeof member === "string") return member;
    if (member === null || typeof member !== "object") continue;
    const inner = (member as Input)["Name"] ?? (member as Input)["FunctionName"];
    if (typeof inner === "string") return inner;
  }
  return "*";
}

function named(kind: string): RegExp {
  return new RegExp(`^${verb}${kind}$`);
}
