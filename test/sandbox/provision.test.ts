import { GetJobCommand, GlueClient } from "@aws-sdk/client-glue";
import {
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { clientConfig, useSandbox } from "../support/sandbox.ts";
import { workspaceWith } from "../support/workspace.ts";

const sandbox = useSandbox();

const plan = `version: 1
account: "000000000000"
buckets: [in-bucket, { name: out-bucket, versioned: true }]
objects: [{ from: a.py, to: "s3://in-bucket/scripts/a.py" }]
roles:
  - name: glue-role
    trust: glue.amazonaws.com
    policy: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "s3:*", Resource: "*" }] }
lambdas:
  - name: copy
    runtime: python3.11
    handler: replicate.handler
    code: code/
    role: glue-role
    environment: { OUT: out-bucket }
    triggers: [{ bucket: in-bucket, prefix: data/, suffix: .txt }]
databases: [db]
jobs:
  - { Name: job-a, Role: glue-role, GlueVersion: "5.0", Command: { Name: glueetl, ScriptLocation: "s3://in-bucket/scripts/a.py" } }
crawlers:
  - { Name: crawl, Role: glue-role, DatabaseName: db, Targets: { S3Targets: [{ Path: "s3://out-bucket/" }] } }
`;

const lambda = `import os, urllib.parse, boto3
def handler(event, context):
    s3 = boto3.client("s3")
    for record in event["Records"]:
        key = urllib.parse.unquote_plus(record["s3"]["object"]["key"])
        body = s3.get_object(Bucket=record["s3"]["bucket"]["name"], Key=key)["Body"].read()
        s3.put_object(Bucket=os.environ["OUT"], Key="copy/" + key, Body=body.upper())
`;

describe("provisioning", () => {
  it("creates all that the file lists, twice without harm, and the S3 event reaches real Python", async () => {
    const folder = await workspaceWith({
      "sandbox.yml": plan,
      "a.py": "print(1)\n",
      "code/replicate.py": lambda,
    });
    await sandbox.current.provision(folder);
    await sandbox.current.provision(folder);
    const s3 = new S3Client(clientConfig(sandbox.current));
    const { Job } = await new GlueClient(clientConfig(sandbox.current)).send(
      new GetJobCommand({ JobName: "job-a" }),
    );
    expect(Job?.Command?.ScriptLocation).toBe("s3://in-bucket/scripts/a.py");
    await s3.send(new HeadBucketCommand({ Bucket: "out-bucket" }));
    await s3.send(new PutObjectCommand({ Bucket: "in-bucket", Key: "data/olá 1.txt", Body: "hello" }));
    const key = "copy/data/olá 1.txt";
    await expect
      .poll(
        async () =>
          (await s3.send(new ListObjectsV2Command({ Bucket: "out-bucket" }))).Contents?.map(({ Key }) => Key),
        { timeout: 20_000 },
      )
      .toEqual([key]);
    const copied = await s3.send(new GetObjectCommand({ Bucket: "out-bucket", Key: key }));
    expect(await copied.Body?.transformToString()).toBe("HELLO");
  });

  it.each([
    ["no sandbox.yml", {}, /there is no .*sandbox\.yml/],
    ["an unknown key", { "sandbox.yml": "version: 1\nbukets: []\n" }, /bukets/],
    ["YAML that isn't", { "sandbox.yml": "version: [\n" }, /not valid YAML/],
    [
      "a job that Glue refuses",
      { "sandbox.yml": "version: 1\njobs: [{ Name: x }]\n" },
      /creating databases, jobs and crawlers failed/,
    ],
  ])("explains %s", async (_, files, message) => {
    const folder = await workspaceWith(files as Record<string, string>);
    await expect(sandbox.current.provision(folder)).rejects.toThrow(message);
  });
});
