import { type E2eResult, e2eResultSchema } from "../e2e/result.ts";

/** The contract document of a run, format version 1; checked against its schema before anybody reads it. */
export function renderE2eJson(result: E2eResult): string {
  return `${JSON.stringify(e2eResultSchema.parse(result), null, 2)}\n`;
}
