import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CreateJobCommand, GlueClient } from "@aws-sdk/client-glue";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { runBuiltAction } from "../support/action.ts";
import { clientConfig, useSandbox } from "../support/sandbox.ts";
import { workspaceWith } from "../support/workspace.ts";

const sandbox = useSandbox();

const secrets = {
  password: "hunter2-password",
  token: "ghp_hunter2hunter2hunter2hunter2hunter2",
  connection: "jdbc:postgresql://etl:hunter2-connection@db.acme/prod",
  fixed: "hunter2-fixed",
  key: "AKIAHUNTER2HUNTER2AB",
};

const manifest = `
version: 1
name: acme
environments: { dev: { region: us-east-1, account: "000000000000" } }
scripts: { bucket: acme-secret-scripts, prefix: jobs/ }
jobs: { silver: { job: acme-secret-silver, script: silver.py, glue-version: "5.0" } }
`;

/** Everything that the toolkit keeps in the bucket besides the scripts. */
async function ledger(s3: S3Client): Promise<string> {
  const Bucket = "acme-secret-scripts";
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: "jobs/_releases/" }));
  const texts = Contents.map(async ({ Key }) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return Body?.transformToString();
  });
  return (await Promise.all(texts)).join("\n");
}

describe("secrets in a job's definition", () => {
  it("reach no log, plan, summary or record, with debug logging on, whether it works or fails", {
    timeout: 60_000,
  }, async () => {
    const root = clientConfig(sandbox.current);
    const s3 = new S3Client(root);
    await s3.send(new CreateBucketCommand({ Bucket: "acme-secret-scripts" }));
    await new GlueClient(root).send(
      new CreateJobCommand({
        Name: "acme-secret-silver",
        Role: "arn:aws:iam::000000000000:role/glue",
        GlueVersion: "5.0",
        Command: { Name: "glueetl", ScriptLocation: "s3://acme-secret-scripts/old.py", PythonVersion: "3" },
        DefaultArguments: {
          "--db-password": secrets.password,
          "--connection": secrets.connection,
          "--aws-id": secrets.key,
        },
        NonOverridableArguments: { "--api-key": secrets.fixed },
        SourceControlDetails: { Provider: "GITHUB", Repository: "r", AuthToken: secrets.token },
      }),
    );
    const workspace = await workspaceWith({
      "glue-pipeline.yml": manifest,
      "silver.py": "from awsglue.job import Job\njob = Job(None)\njob.init('x')\njob.commit()\n",
    });
    const environment = { ...sandbox.current.environment, RUNNER_DEBUG: "1" };
    const shown: string[] = [];
    const run = async (inputs: Readonly<Record<string, string>>): Promise<string | undefined> => {
      const result = await runBuiltAction("deploy-glue", workspace, inputs, environment);
      shown.push(result.log, result.summary, JSON.stringify(result.outputs));
      return result.outputs["result"];
    };
    expect(await run({ mode: "plan", "plan-file": "plan.json" })).toBe("planned");
    const message = `--db-password ${secrets.password} is bad`;
    const fault = { operation: "UpdateJob", count: 1, code: "InvalidInputException", message };
    await sandbox.current.control("throttle", fault);
    expect(await run({})).toBe("failed");
    expect(await run({})).toBe("deployed");
    shown.push(await readFile(join(workspace, "plan.json"), "utf8"), await ledger(s3));
    const all = shown.join("\n");
    expect(all).toContain("UpdateJob");
    expect(Object.entries(secrets).filter(([, secret]) => all.includes(secret))).toEqual([]);
  });
});
