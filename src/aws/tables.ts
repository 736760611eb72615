import { GetTablesCommand, type GlueClient } from "@aws-sdk/client-glue";
import { type Patience, readAgain } from "./read-again.ts";

/** A table of the catalog. */
export interface TableView {
  readonly name: string;
  readonly createdOn: Date | undefined;
  readonly updatedOn: Date | undefined;
  /** Where its data lie, an S3 URI for files. */
  readonly location: string | undefined;
  /** Marked by its crawler because its data are gone (Glue developer guide, crawler-configuration: deprecate). */
  readonly isDeprecated: boolean;
  /** The crawler that wrote it last, which marks its tables with this parameter (Glue developer guide, crawlers). */
  readonly crawler: string | undefined;
}

/** All tables of a database. @throws ToolkitError */
export async function listTables(
  glue: GlueClient,
  database: string,
  patience: Patience,
): Promise<readonly TableView[]> {
  const call = { service: "glue", operation: "GetTables", resource: `database ${database}` } as const;
  const tables: TableView[] = [];
  let token: string | undefined;
  do {
    const command = new GetTablesCommand({ DatabaseName: database, NextToken: token });
    const page = await readAgain(call, patience, () => glue.send(command, { abortSignal: patience.signal }));
    for (const { Name: name = "", CreateTime, UpdateTime, Parameters, StorageDescriptor } of page.TableList ??
      []) {
      tables.push({
        name,
        createdOn: CreateTime,
        updatedOn: UpdateTime,
        location: StorageDescriptor?.Location,
        isDeprecated: Parameters?.["DEPRECATED_BY_CRAWLER"] !== undefined,
        crawler: Parameters?.["UPDATED_BY_CRAWLER"],
      });
    }
    token = page.NextToken;
  } while (token !== undefined && token !== "");
  return tables;
}
