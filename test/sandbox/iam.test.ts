import {
  BatchGetJobsCommand,
  CreateJobCommand,
  GetJobCommand,
  GetJobsCommand,
  GlueClient,
  StartCrawlerCommand,
  UpdateJobCommand,
} from "@aws-sdk/client-glue";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { beforeAll, describe, expect, it } from "vitest";
import { clientConfig, useSandbox } from "../support/sandbox.ts";

const sandbox = useSandbox({ enforceIam: true });
const glueRole = "arn:aws:iam::000000000000:role/glue-job";
const job = {
  Role: glueRole,
  Command: { Name: "glueetl", ScriptLocation: "s3://scripts/a.py", PythonVersion: "3" },
  GlueVersion: "5.0",
};

async function roleWith(name: string, statements: readonly object[]) {
  const root = clientConfig(sandbox.current);
  const iam = new IAMClient(root);
  const trust = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
  };
  await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) }));
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: name,
      PolicyName: "p",
      PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
    }),
  );
  const { Credentials } = await new STSClient(root).send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::000000000000:role/${name}`, RoleSessionName: "test" }),
  );
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken ?? "",
  };
  return { ...root, credentials, maxAttempts: 1 };
}

const allow = (Action: string | string[], Resource: string, Condition?: object) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition ? { Condition } : {}),
});
const jobArn = (name: string) => `arn:aws:glue:us-east-1:000000000000:job/${name}`;

describe("with IAM enforced", () => {
  beforeAll(async () => {
    const glue = new GlueClient(clientConfig(sandbox.current));
    for (const Name of ["allowed", "other"]) await glue.send(new CreateJobCommand({ ...job, Name }));
  });

  it("a role may do what its policy allows, on the resources it names, and nothing else", async () => {
    const glue = new GlueClient(
      await roleWith("reader", [allow(["glue:GetJob", "glue:BatchGetJobs"], jobArn("allowed"))]),
    );
    expect((await glue.send(new GetJobCommand({ JobName: "allowed" }))).Job?.Name).toBe("allowed");
    expect((await glue.send(new BatchGetJobsCommand({ JobNames: ["allowed"] }))).Jobs).toHaveLength(1);
    const refused = expect.objectContaining({
      name: "AccessDeniedException",
      message: `User: arn:aws:sts::000000000000:assumed-role/reader/test is not authorized to perform: glue:GetJob on resource: ${jobArn("other")} because no identity-based policy allows the glue:GetJob action`,
    });
    await expect(glue.send(new GetJobCommand({ JobName: "other" }))).rejects.toEqual(refused);
    const denied = { name: "AccessDeniedException" };
    const both = new BatchGetJobsCommand({ JobNames: ["allowed", "other"] });
    await expect(glue.send(both)).rejects.toMatchObject(denied);
    await expect(glue.send(new GetJobsCommand({}))).rejects.toMatchObject(denied);
    await expect(glue.send(new StartCrawlerCommand({ Name: "allowed" }))).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
  });

  it.each([
    ["no PassRole at all", undefined, false],
    [
      "PassRole for Glue",
      allow("iam:PassRole", glueRole, { StringEquals: { "iam:PassedToService": "glue.amazonaws.com" } }),
      true,
    ],
    [
      "PassRole for Lambda only",
      allow("iam:PassRole", glueRole, { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } }),
      false,
    ],
    ["PassRole for another role", allow("iam:PassRole", "arn:aws:iam::000000000000:role/else"), false],
  ])("UpdateJob with %s", async (name, statement, works) => {
    const statements = [allow("glue:UpdateJob", jobArn("allowed")), ...(statement ? [statement] : [])];
    const glue = new GlueClient(await roleWith(name.replaceAll(" ", "-"), statements));
    const update = glue.send(new UpdateJobCommand({ JobName: "allowed", JobUpdate: job }));
    if (works) await expect(update).resolves.toMatchObject({ JobName: "allowed" });
    else
      await expect(update).rejects.toThrow(/not authorized to perform: iam:PassRole on resource: .*glue-job/);
  });

  it("an unknown key and a foreign session token are refused before any policy is asked", async () => {
    const unknown = clientConfig(sandbox.current, {
      accessKeyId: "AKIAUNKNOWN000000000",
      secretAccessKey: "x",
    });
    const get = new GetJobCommand({ JobName: "allowed" });
    await expect(new GlueClient({ ...unknown, maxAttempts: 1 }).send(get)).rejects.toThrow(/security token/);
    const known = await roleWith("tokens", [allow("glue:*", "*")]);
    const forged = { ...known, credentials: { ...known.credentials, sessionToken: "forged" } };
    await expect(new GlueClient(forged).send(get)).rejects.toThrow(/token/);
  });

  it("judging a call leaves nothing behind in the emulator's own Glue", async () => {
    const config = await roleWith("maker", [
      allow("glue:*", "*"),
      allow("iam:PassRole", "*"),
      allow("s3:*", "*"),
    ]);
    const glue = new GlueClient(config);
    await glue.send(new CreateJobCommand({ ...job, Name: "made" }));
    await expect(
      glue.send(new CreateJobCommand({ ...job, Name: "made", Description: "again" })),
    ).rejects.toMatchObject({ name: /Exception/ });
    const s3 = new S3Client(config);
    await s3.send(new CreateBucketCommand({ Bucket: "iam-test" }));
    expect((await s3.send(new ListObjectsV2Command({ Bucket: "iam-test" }))).KeyCount).toBe(0);
  });
});
