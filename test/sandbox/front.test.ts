import { AthenaClient, GetQueryExecutionCommand, StartQueryExecutionCommand } from "@aws-sdk/client-athena";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateDatabaseCommand,
  GetDatabaseCommand,
  GetJobCommand,
  GlueClient,
  ListWorkflowsCommand,
} from "@aws-sdk/client-glue";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { describe, expect, it } from "vitest";
import { clientConfig, useSandbox } from "../support/sandbox.ts";

const sandbox = useSandbox();

describe("the one port", () => {
  it("answers STS, S3 with conditional writes, logs, Athena and the catalog", async () => {
    const config = clientConfig(sandbox.current);
    expect((await new STSClient(config).send(new GetCallerIdentityCommand({}))).Account).toBe("000000000000");
    const s3 = new S3Client(config);
    await s3.send(new CreateBucketCommand({ Bucket: "front-test" }));
    const put = {
      Bucket: "front-test",
      Key: "a b/ç=1.txt",
      Body: "hello",
      IfNoneMatch: "*",
      ChecksumAlgorithm: "SHA256" as const,
    };
    await s3.send(new PutObjectCommand(put));
    await expect(s3.send(new PutObjectCommand(put))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 412 },
    });
    const logs = new CloudWatchLogsClient(config);
    await logs.send(new CreateLogGroupCommand({ logGroupName: "/front/test" }));
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "/front" }));
    expect(logGroups?.map((group) => group.logGroupName)).toEqual(["/front/test"]);
    const glue = new GlueClient(config);
    await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "cars" } }));
    expect((await glue.send(new GetDatabaseCommand({ Name: "cars" }))).Database?.Name).toBe("cars");
    const athena = new AthenaClient(config);
    const { QueryExecutionId } = await athena.send(
      new StartQueryExecutionCommand({
        QueryString: "SELECT 1",
        ResultConfiguration: { OutputLocation: "s3://front-test/results/" },
      }),
    );
    expect(
      (await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }))).QueryExecution?.Query,
    ).toBe("SELECT 1");
  });

  it("streams bodies of some megabytes both ways unharmed", async () => {
    const s3 = new S3Client(clientConfig(sandbox.current));
    await s3.send(new CreateBucketCommand({ Bucket: "front-big" }));
    const Body = Buffer.alloc(6_000_000, "0123456789abcdef");
    await s3.send(new PutObjectCommand({ Bucket: "front-big", Key: "big", Body }));
    const answer = await s3.send(new GetObjectCommand({ Bucket: "front-big", Key: "big" }));
    expect(Body.equals(await (answer.Body?.transformToByteArray() ?? Buffer.alloc(0)))).toBe(true);
  });

  it("says clearly what it doesn't do, instead of pretending", async () => {
    const glue = new GlueClient({ ...clientConfig(sandbox.current), maxAttempts: 1 });
    await expect(glue.send(new ListWorkflowsCommand({}))).rejects.toThrow(/does not support.*ListWorkflows/);
  });

  it("keeps accounts apart by a 12-digit access key", async () => {
    const other = clientConfig(sandbox.current, { accessKeyId: "111111111111", secretAccessKey: "test" });
    expect((await new STSClient(other).send(new GetCallerIdentityCommand({}))).Account).toBe("111111111111");
    await expect(new GlueClient(other).send(new GetJobCommand({ JobName: "x" }))).rejects.toMatchObject({
      name: "EntityNotFoundException",
    });
  });

  it("knows the account of an assumed role", async () => {
    const sts = new STSClient(
      clientConfig(sandbox.current, { accessKeyId: "222222222222", secretAccessKey: "test" }),
    );
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: "arn:aws:iam::222222222222:role/x", RoleSessionName: "s" }),
    );
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken ?? "",
    };
    const assumed = new STSClient({ ...clientConfig(sandbox.current), credentials });
    expect((await assumed.send(new GetCallerIdentityCommand({}))).Account).toBe("222222222222");
  });
});

describe("the controls", () => {
  const post = (path: string, headers: Record<string, string> = {}, body = "{}") =>
    fetch(`${sandbox.current.endpoint}${path}`, { method: "POST", headers, body });

  it("tell that the sandbox is ready", async () => {
    const answer = await fetch(`${sandbox.current.endpoint}/_sandbox/health`);
    expect(await answer.json()).toEqual({ status: "ready" });
  });

  it.each([
    ["an unknown verb", "/_sandbox/glue/explode", "{}", 404, /throttle/],
    ["an unknown path", "/_sandbox/nope", "{}", 404, /POST \/_sandbox\/glue\/<verb>/],
    ["a body that isn't JSON", "/_sandbox/glue/throttle", "{", 400, /not JSON/],
  ])("refuse %s and say what there is", async (_, path, body, status, message) => {
    const answer = await post(path, {}, body);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toMatch(message);
  });
});
