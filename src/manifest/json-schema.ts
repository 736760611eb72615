import * as z from "zod";
import { manifestSchema } from "./schema.ts";

/** JSON Schema (2020-12) of `glue-pipeline.yml` as written, for editors. */
export function manifestJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(manifestSchema, { io: "input", unrepresentable: "any" });
  return { ...schema, $id: "glue-pipeline.schema.json", title: "glue-pipeline.yml" };
}
