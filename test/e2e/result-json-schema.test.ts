import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect, it } from "vitest";
import { e2eResultJsonSchema } from "../../src/e2e/result-json-schema.ts";
import { incident } from "../report/e2e/incident.ts";
import { green, rough } from "../report/e2e/runs.ts";

it.each([
  ["green", green],
  ["rough", rough],
  ["failed", incident],
])("the report of a %s run is what its schema says", (_, result) => {
  const ajv = new Ajv2020({ allErrors: true });
  addFormats.default(ajv);
  const matches = ajv.compile(e2eResultJsonSchema());
  expect([matches(result), matches.errors]).toEqual([true, null]);
  expect(matches({ ...result, another: 1 })).toBe(false);
  expect(matches({ ...result, startedAt: "yesterday" })).toBe(false);
});

it("the schema is published under its own name", async () => {
  const file = join(import.meta.dirname, "../../schemas/e2e-report.schema.json");
  const schema = e2eResultJsonSchema();
  expect(schema).toMatchObject({ $id: "e2e-report.schema.json", title: "Report of run-e2e" });
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual(schema);
});
