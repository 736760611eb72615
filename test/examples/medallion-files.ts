import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { loadManifest } from "../../src/manifest/load.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";

/** Absolute path of the example. */
export const medallion = join(import.meta.dirname, "../../examples/medallion");

export function readExample(path: string): string {
  return readFileSync(join(medallion, path), "utf8");
}

/** The lines of a file that ends in one newline. */
export function linesOf(path: string): string[] {
  return readExample(path).replace(/\n$/, "").split("\n");
}

export function loadExample(): Promise<Manifest> {
  return loadManifest({ workspace: medallion, path: "glue-pipeline.yml", environment: "dev" });
}

const bucket = z.union([z.string().transform((name) => ({ name })), z.looseObject({ name: z.string() })]);

/** The members of sandbox.yml that other files of the example must agree with. */
const sandboxFile = z.looseObject({
  account: z.string(),
  region: z.string(),
  buckets: z.array(bucket),
  objects: z.array(z.strictObject({ from: z.string(), to: z.string() })),
  roles: z.array(z.looseObject({ name: z.string() })),
  lambdas: z.array(
    z.looseObject({
      name: z.string(),
      role: z.string(),
      triggers: z.array(z.looseObject({ bucket: z.string() })),
    }),
  ),
  databases: z.array(z.string()),
  jobs: z.array(
    z.looseObject({
      Name: z.string(),
      Role: z.string(),
      Command: z.looseObject({ ScriptLocation: z.string() }),
      DefaultArguments: z.record(z.string(), z.string()),
      NonOverridableArguments: z.record(z.string(), z.string()).optional(),
    }),
  ),
  crawlers: z.array(
    z.looseObject({
      Name: z.string(),
      Role: z.string(),
      DatabaseName: z.string(),
      TablePrefix: z.string(),
      Targets: z.object({ S3Targets: z.array(z.looseObject({ Path: z.string() })) }),
    }),
  ),
});

export type SandboxFile = z.infer<typeof sandboxFile>;

export function readSandboxFile(): SandboxFile {
  return sandboxFile.parse(parse(readExample("sandbox.yml")));
}
