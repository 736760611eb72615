import * as z from "zod";
import { findingsFileSchema } from "./findings.ts";

/** JSON Schema (2020-12) of the findings file, for those who read it. */
export function findingsJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(findingsFileSchema);
  return { ...schema, $id: "findings.schema.json", title: "Findings of validate-glue" };
}
