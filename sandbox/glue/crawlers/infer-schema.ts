import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { HeadBucketCommand } from "@aws-sdk/client-s3";
import * as z from "zod";
import { spawnPython } from "../process/spawn-python.ts";
import { credentialsFor } from "../upstream.ts";
import type { World } from "../world.ts";
import type { CrawlerRecord } from "./crawler-record.ts";

const INFER_SCHEMA = resolve(import.meta.dirname, "../../spark/infer_schema.py");

const Column = z.object({ Name: z.string(), Type: z.string() });

/** A table that the data look like, as infer_schema.py reports it. */
export const InferredTable = z.object({
  name: z.string(),
  location: z.string(),
  classification: z.string(),
  columns: z.array(Column),
  partitionKeys: z.array(Column),
  storageDescriptor: z.record(z.string(), z.unknown()),
  parameters: z.record(z.string(), z.string()),
  partitions: z.array(z.object({ values: z.array(z.string()), location: z.string() })),
  objectCount: z.number(),
  recordCount: z.number(),
  sizeBytes: z.number(),
});
export type InferredTable = z.infer<typeof InferredTable>;

const Inference = z.object({ tables: z.array(InferredTable), messages: z.array(z.string()) });
export type Inference = z.infer<typeof Inference>;

/** The crawler's Configuration that schema inference heeds (developer guide, crawler-configuration). */
const Configuration = z
  .object({
    Grouping: z
      .object({ TableGroupingPolicy: z.string().optional(), TableLevelConfiguration: z.number().optional() })
      .optional(),
  })
  .catch({});

/**
 * Reads the crawler's S3 targets and infers tables from them.
 * @throws Error with the crawl's ErrorMessage
 */
export async function inferSchema(
  world: World,
  crawler: CrawlerRecord,
  crawlId: string,
  signal: AbortSignal,
): Promise<Inference> {
  await checkBuckets(world, crawler);
  const folder = join(world.options.workFolder, "crawls", crawlId);
  await mkdir(folder, { recursive: true });
  try {
    const resultFile = join(folder, "result.json");
    const specFile = join(folder, "spec.json");
    await writeFile(specFile, JSON.stringify(specOf(world, crawler, resultFile)));
    const errors = await runPython(world, folder, specFile, signal);
    signal.throwIfAborted();
    const text = await readFile(resultFile, "utf8").catch(() => undefined);
    if (text === undefined) throw new Error(errors.at(-1) ?? "Internal Service Exception");
    return Inference.parse(JSON.parse(text));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function specOf(world: World, crawler: CrawlerRecord, resultFile: string) {
  const { definition, caller } = crawler;
  const targets = definition.Targets?.S3Targets ?? [];
  const grouping = Configuration.parse(JSON.parse(definition.Configuration || "{}")).Grouping;
  return {
    endpoint: world.options.upstream,
    region: caller.region,
    credentials: { ...credentialsFor(caller), sessionToken: null },
    targets: targets.map(({ Path: path = "", Exclusions }) => ({
      path: s3Url(path),
      exclusions: Exclusions ?? [],
    })),
    sampleSize: targets[0]?.SampleSize ?? null,
    tablePrefix: definition.TablePrefix ?? "",
    tableLevel: grouping?.TableLevelConfiguration ?? null,
    grouping: grouping?.TableGroupingPolicy ?? null,
    resultFile,
  };
}

async function runPython(
  world: World,
  cwd: string,
  specFile: string,
  signal: AbortSignal,
): Promise<string[]> {
  const errors: string[] = [];
  const process = spawnPython({
    python: world.options.python,
    args: [INFER_SCHEMA, specFile],
    cwd,
    env: { AWS_EC2_METADATA_DISABLED: "true", PYTHONUNBUFFERED: "1" },
    onLine: (stream, line) => stream === "stderr" && errors.push(line),
  });
  signal.addEventListener("abort", () => process.kill(), { once: true });
  if (signal.aborted) process.kill();
  await process.exit;
  return errors;
}

async function checkBuckets(world: World, crawler: CrawlerRecord): Promise<void> {
  const { s3 } = world.upstream(crawler.caller);
  for (const { Path: path = "" } of crawler.definition.Targets?.S3Targets ?? []) {
    const bucket = s3Url(path).split("/")[2] ?? "";
    try {
      await s3.send(new HeadBucketCommand({ Bucket: bucket }));
    } catch (cause) {
      throw new Error(`The specified bucket does not exist (Service: Amazon S3; Bucket: ${bucket})`, {
        cause,
      });
    }
  }
}

function s3Url(path: string): string {
  return path.startsWith("s3://") ? path : `s3://${path}`;
}
