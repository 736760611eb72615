import * as z from "zod";
import { manifestSchema } from "./schema.ts";

/** A pattern's other way out: text whose `${name}` is filled in before the schema looks at it. */
const placeholder = String.raw`|\$\{`;

/** JSON Schema (2020-12) of `glue-pipeline.yml` as written, for editors. */
export function manifestJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(manifestSchema, {
    io: "input",
    unrepresentable: "any",
    override: ({ jsonSchema, path }) => {
      // zod's own name for a prefix, beside the pattern that says the same
      if (jsonSchema.format === "starts_with") delete jsonSchema.format;
      const { pattern } = jsonSchema;
      if (pattern === undefined || !isFilledIn(path) || pattern.endsWith(placeholder)) return;
      jsonSchema.pattern = pattern + placeholder;
    },
  });
  return { ...schema, $id: "glue-pipeline.schema.json", title: "glue-pipeline.yml" };
}

/** Keys are taken as they stand, and so is all of `environments`. */
function isFilledIn(path: readonly (string | number)[]): boolean {
  return path.at(-1) !== "propertyNames" && path[1] !== "environments";
}
