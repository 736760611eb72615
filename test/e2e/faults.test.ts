import { join } from "node:path";
import { GlueClient } from "@aws-sdk/client-glue";
import { S3Client } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { brokenPromises } from "../../bench/support/e2e-fault-verdict.ts";
import { faultyRun } from "../../bench/support/e2e-faulty-run.ts";
import { clientConfig, useSandbox } from "../support/sandbox.ts";
import { workspaceWith } from "../support/workspace.ts";

const sandbox = useSandbox();
const root = join(import.meta.dirname, "../..");

/** The short form of `npm run test:faults -- --only e2e`: seeds whose processes are killed, cancelled and picked up again. */
describe("run-e2e among faults", () => {
  it.each([39, 51, 56])("keeps its promises with seed %i", { timeout: 240_000 }, async (seed) => {
    const settings = clientConfig(sandbox.current);
    const clients = {
      sandbox: sandbox.current,
      glue: new GlueClient(settings),
      s3: new S3Client({ ...settings, forcePathStyle: true }),
    };
    const run = await faultyRun(clients, { root, home: await workspaceWith({}), seed });
    expect(run.attempts.some(({ ended }) => ended !== "by itself")).toBe(true);
    expect(await brokenPromises(clients, run)).toEqual([]);
  });
});
