import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { manifestJsonSchema } from "../../src/manifest/json-schema.ts";

const root = join(import.meta.dirname, "../..");
const validate = new Ajv2020({ allowUnionTypes: true }).compile(manifestJsonSchema());
const example: unknown = parse(await readFile(join(root, "examples/medallion/glue-pipeline.yml"), "utf8"));

describe("the manifest's schema", () => {
  it("is the published one", async () => {
    const published: unknown = JSON.parse(
      await readFile(join(root, "schemas/glue-pipeline.schema.json"), "utf8"),
    );
    expect(published).toEqual(manifestJsonSchema());
  });

  it("takes the example as it is written, placeholders and all", () => {
    expect(validate(example), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each([
    ["a location that is none", { e2e: { clean: ["landing/"], steps: {} } }],
    ["a placeholder in a key", { jobs: { "${environment}": { job: "a", script: "a.py" } } }],
    [
      "a placeholder in an environment",
      { environments: { dev: { region: "us-east-1", account: "${account}" } } },
    ],
    ["an argument without dashes", { e2e: { steps: { a: { run: "silver", arguments: { day: "5" } } } } }],
  ])("refuses %s", (_, change) => {
    expect(validate({ ...(example as object), ...change })).toBe(false);
  });
});
