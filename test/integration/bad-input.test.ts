import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { beforeAll, describe, expect, it } from "vitest";
import { type ActionName, runBuiltAction } from "../support/action.ts";
import { medallion, medallionWorkspace } from "../support/medallion.ts";
import { clientConfig, useSandbox } from "../support/sandbox.ts";

const sandbox = useSandbox();
const scripts = "datalake-pipeline-glue-scripts-dev";
const landing = "datalake-pipeline-landing-dev";

async function keysOf(bucket: string): Promise<string[]> {
  const { Contents = [] } = await new S3Client(clientConfig(sandbox.current)).send(
    new ListObjectsV2Command({ Bucket: bucket }),
  );
  return Contents.map(({ Key = "" }) => Key);
}

/** The example with one thing in its manifest wrong. */
async function exampleWith(from: string, to: string): Promise<string> {
  const workspace = await medallionWorkspace();
  const path = join(workspace, "glue-pipeline.yml");
  const text = await readFile(path, "utf8");
  expect(text).toContain(from);
  await writeFile(path, text.replaceAll(from, to));
  return workspace;
}

beforeAll(async () => {
  await sandbox.current.provision(medallion);
  const s3 = new S3Client(clientConfig(sandbox.current));
  await s3.send(new PutObjectCommand({ Bucket: landing, Key: "kept.txt", Body: "kept" }));
});

describe("a bad input gets one error with its remedy, and leaves nothing half-done", () => {
  const rows: readonly [string, ActionName, string, string, Record<string, string>, RegExp][] = [
    [
      "a job that is not there",
      "deploy-glue",
      "silver-consolidation-${environment}",
      "silver-consolidtion-${environment}",
      {},
      /silver-consolidtion-dev/,
    ],
    [
      "a scripts bucket that is not there",
      "deploy-glue",
      "glue-scripts-${environment}",
      "glue-skripts-${environment}",
      {},
      /glue-skripts-dev/,
    ],
    ["another account", "deploy-glue", '"000000000000"', '"123456789012"', {}, /123456789012/],
    [
      "an unknown key",
      "deploy-glue",
      "scripts:",
      "scirpts:",
      {},
      /unknown key "scirpts"[\s\S]*Did you mean "scripts"\?/,
    ],
    [
      "an unknown environment",
      "deploy-glue",
      "version: 1",
      "version: 1",
      { environment: "pord" },
      /no environment "pord"/,
    ],
    [
      "an unknown job in jobs",
      "deploy-glue",
      "version: 1",
      "version: 1",
      { jobs: "sliver" },
      /The manifest has no job "sliver"/,
    ],
    [
      "the incident's wrong bucket",
      "run-e2e",
      "datalake-pipeline-landing-${environment}",
      "datalake-pipeline-raw-${environment}",
      { "confirm-clean": "dev" },
      /datalake-pipeline-raw-dev does not exist[\s\S]*datalake-pipeline-landing-dev/,
    ],
    ["a clean that is not confirmed", "run-e2e", "version: 1", "version: 1", {}, /confirm-clean/],
    [
      "a crawler that is not there",
      "run-e2e",
      "silver-crawler-${environment}",
      "silver-crawlr-${environment}",
      { "confirm-clean": "dev" },
      /silver-crawlr-dev/,
    ],
    [
      "a job that is not there, to run",
      "run-e2e",
      "fuel-efficiency-${environment}",
      "fuel-eficiency-${environment}",
      { "confirm-clean": "dev" },
      /fuel-eficiency-dev/,
    ],
    [
      "an unknown step to start from",
      "run-e2e",
      "version: 1",
      "version: 1",
      { "from-step": "sliver" },
      /sliver/,
    ],
    [
      "a report folder that can't be written",
      "run-e2e",
      "version: 1",
      "version: 1",
      { "confirm-clean": "dev", "report-dir": "glue-pipeline.yml/reports" },
      /glue-pipeline\.yml\/reports \(report-dir\)/,
    ],
    [
      "a release that doesn't exist",
      "run-e2e",
      "version: 1",
      "version: 1",
      { "confirm-clean": "dev", "expect-release": "nope" },
      /nope/,
    ],
  ];

  it.each(rows)("%s (%s)", { timeout: 60_000 }, async (_, action, from, to, inputs, message) => {
    const workspace = await exampleWith(from, to);
    const before = await keysOf(scripts);
    const result = await runBuiltAction(
      action,
      workspace,
      { environment: "dev", ...inputs },
      sandbox.current.environment,
    );
    expect(result.exitCode).toBe(1);
    expect(result.outputs["result"]).toBe("failed");
    expect(result.errors).toEqual([expect.stringMatching(message)]);
    expect(result.errors[0]).toMatch(/[.!?]$/);
    expect(
      (await keysOf(scripts)).filter((key) => !before.includes(key) && !key.endsWith("lock.json")),
    ).toEqual([]);
    expect(await keysOf(landing)).toEqual(["kept.txt"]);
  });

  it("a script that is missing is named before AWS is asked", async () => {
    const workspace = await medallionWorkspace();
    await rm(join(workspace, "glue_jobs/gold_fuel_efficiency_job.py"));
    const result = await runBuiltAction(
      "deploy-glue",
      workspace,
      { environment: "dev" },
      { AWS_ENDPOINT_URL: "http://127.0.0.1:9" },
    );
    expect(result.exitCode).toBe(1);
    expect(result.errors[0]).toMatch(
      /gold_fuel_efficiency_job\.py is named in the manifest but is not in the repository/,
    );
  });

  it("no AWS there is said in one error", async () => {
    const environment = { ...sandbox.current.environment, AWS_ENDPOINT_URL: "http://127.0.0.1:9" };
    const result = await runBuiltAction(
      "deploy-glue",
      await medallionWorkspace(),
      { environment: "dev" },
      environment,
    );
    expect(result.exitCode).toBe(1);
    expect(result.errors).toEqual([expect.stringMatching(/127\.0\.0\.1:9|reach/)]);
  });

  it("no credentials is said in one error", async () => {
    const environment = {
      AWS_ENDPOINT_URL: sandbox.current.endpoint,
      AWS_EC2_METADATA_DISABLED: "true",
      HOME: "/nowhere",
    };
    const result = await runBuiltAction(
      "deploy-glue",
      await medallionWorkspace(),
      { environment: "dev" },
      environment,
    );
    expect(result.exitCode).toBe(1);
    expect(result.errors).toEqual([expect.stringMatching(/credentials/)]);
  });
});
