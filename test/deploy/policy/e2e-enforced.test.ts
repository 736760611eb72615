import { randomUUID } from "node:crypto";
import {
  CreateCrawlerCommand,
  CreateDatabaseCommand,
  CreateJobCommand,
  GlueClient,
} from "@aws-sdk/client-glue";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { beforeAll, describe, expect, it } from "vitest";
import { policyFor } from "../../../src/deploy/policy/policy.ts";
import type { Policy } from "../../../src/deploy/policy/statement.ts";
import { loadManifest } from "../../../src/manifest/load.ts";
import { runBuiltAction } from "../../support/action.ts";
import { sandboxAccount } from "../../support/aws-environment.ts";
import { clientConfig, useSandbox } from "../../support/sandbox.ts";
import { workspaceWith } from "../../support/workspace.ts";
import { sessionUnder, without } from "./support.ts";

const sandbox = useSandbox({ enforceIam: true });

const manifestText = `
version: 1
name: acme
environments: { dev: { region: us-east-1, account: "${sandboxAccount}" } }
scripts: { bucket: acme-scripts, prefix: jobs/ }
jobs: { silver: { job: acme-silver, script: silver.py, glue-version: "5.0" } }
e2e:
  clean: [s3://acme-data/cars/]
  bookmarks: [silver]
  athena: { database: acme, workgroup: primary, output: s3://acme-results/e2e/ }
  steps:
    upload: { upload: cars.json, to: s3://acme-data/cars/ }
    there: { needs: [upload], expect: "s3://acme-data/cars/*.json", timeout: 30s }
    crawl: { needs: [there], crawler: acme-crawler }
    silver: { needs: [crawl], run: silver }
    check: { needs: [silver], query: "SELECT count(*) AS n FROM cars", expect-value: 2 }
`;

function workspace(): Promise<string> {
  return workspaceWith({
    "glue-pipeline.yml": manifestText,
    "silver.py": "print('silver')\n",
    "cars.json": '{"id": 1}\n{"id": 2}\n',
  });
}

/** AWS judges a query by its workgroup; the sandbox knows only the query's id then, and wants `*`. */
function judgedByQuery(policy: Policy): Policy {
  const Statement = policy.Statement.map((one) => (one.Sid === "Query" ? { ...one, Resource: ["*"] } : one));
  return { ...policy, Statement };
}

async function runUnder(change: (policy: Policy) => Policy) {
  const folder = await workspace();
  const manifest = await loadManifest({ workspace: folder, path: "glue-pipeline.yml" });
  const policy = change(policyFor("e2e", { manifest, account: sandboxAccount, roles: [] }));
  const session = await sessionUnder(sandbox.current, `r-${randomUUID().slice(0, 8)}`, judgedByQuery(policy));
  const left = { Bucket: "acme-data", Key: "cars/left-from-before.json", Body: "{}" };
  await new S3Client(clientConfig(sandbox.current)).send(new PutObjectCommand(left));
  await sandbox.current.control("plan-runs", {
    jobName: "acme-silver",
    outcomes: [{ state: "SUCCEEDED", seconds: 0 }],
  });
  return runBuiltAction("run-e2e", folder, { "confirm-clean": "dev" }, session);
}

describe("run-e2e, under its own policy", () => {
  beforeAll(async () => {
    const root = clientConfig(sandbox.current);
    const [glue, s3] = [new GlueClient(root), new S3Client(root)];
    const Role = `arn:aws:iam::${sandboxAccount}:role/glue`;
    for (const Bucket of ["acme-data", "acme-results", "acme-scripts"]) {
      await s3.send(new CreateBucketCommand({ Bucket }));
    }
    await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "acme" } }));
    const Targets = { S3Targets: [{ Path: "s3://acme-data/cars/" }] };
    await glue.send(new CreateCrawlerCommand({ Name: "acme-crawler", Role, DatabaseName: "acme", Targets }));
    const Command = { Name: "glueetl", ScriptLocation: "s3://acme-scripts/old.py", PythonVersion: "3" };
    await glue.send(new CreateJobCommand({ Name: "acme-silver", Role, GlueVersion: "5.0", Command }));
  });

  it("passes", { timeout: 60_000 }, async () => {
    const result = await runUnder((policy) => policy);
    expect(result.errors).toEqual([]);
    expect(result.outputs["result"]).toBe("passed");
  });

  it.each([
    ["ReadJobs", /glue:(BatchGetJobs|GetJob)/],
    ["RunJobs", /glue:StartJobRun/],
    ["ResetBookmarks", /glue:ResetJobBookmark/],
    ["Crawl", /glue:(Get|Start)Crawler/],
    ["ListData", /s3:ListBucket/],
    ["SeeVersions", /s3:GetBucketVersioning/],
    ["CleanData", /s3:DeleteObject/],
    ["UploadInput", /s3:PutObject/],
    ["Query", /athena:/],
    ["KeepState", /s3:PutObject/],
  ])("without %s, fails and names what is missing", { timeout: 60_000 }, async (sid, missing) => {
    const result = await runUnder((policy) => without(policy, sid));
    expect(result.exitCode).toBe(1);
    expect(`${result.errors.join("\n")}\n${result.summary}`).toMatch(missing);
  });
});
