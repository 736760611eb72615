import * as z from "zod";
import { e2eResultSchema } from "./result.ts";

/** JSON Schema (2020-12) of run-e2e's JSON report, for those who read it. */
export function e2eResultJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(e2eResultSchema, { io: "output" });
  return { ...schema, $id: "e2e-report.schema.json", title: "Report of run-e2e" };
}
