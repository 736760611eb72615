import {
  CreateDatabaseCommand,
  CreateJobCommand,
  GetDatabaseCommand,
  GetJobCommand,
  GlueClient,
} from "@aws-sdk/client-glue";
import {
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { AssumeRoleCommand, GetSessionTokenCommand, STSClient } from "@aws-sdk/client-sts";
import { beforeAll, describe, expect, it } from "vitest";
import { clientConfig, useSandbox } from "../support/sandbox.ts";
import { workspaceWith } from "../support/workspace.ts";

const sandbox = useSandbox({ enforceIam: true });
const arn = (resource: string) => `arn:aws:glue:us-east-1:000000000000:${resource}`;
const allow = (Action: string, ...Resource: string[]) => ({ Effect: "Allow", Action, Resource });
const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const everyone = document({ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" });
const getJob = new GetJobCommand({ JobName: "watched" });
const allowed = "allowed";
const refused = "AccessDeniedException";

interface Keys {
  readonly AccessKeyId?: string | undefined;
  readonly SecretAccessKey?: string | undefined;
  readonly SessionToken?: string | undefined;
}

/** Client settings with keys as IAM and STS answer them. */
function as(keys: Keys | undefined) {
  const credentials = {
    accessKeyId: keys?.AccessKeyId ?? "",
    secretAccessKey: keys?.SecretAccessKey ?? "",
    ...(keys?.SessionToken ? { sessionToken: keys.SessionToken } : {}),
  };
  return { ...clientConfig(sandbox.current), credentials, maxAttempts: 1 };
}

async function user(UserName: string, policy?: string, boundary?: string) {
  const iam = new IAMClient(clientConfig(sandbox.current));
  await iam.send(new CreateUserCommand({ UserName, Path: "/team/", PermissionsBoundary: boundary }));
  if (policy) await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "p", PolicyDocument: policy }));
  return as((await iam.send(new CreateAccessKeyCommand({ UserName }))).AccessKey);
}

async function verdict(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => allowed,
    (thrown: unknown) => (thrown instanceof Error ? thrown.name : String(thrown)),
  );
}

describe("a Glue call is judged by all that IAM knows of its caller", () => {
  beforeAll(async () => {
    const glue = new GlueClient(clientConfig(sandbox.current));
    await glue.send(
      new CreateJobCommand({
        Name: "watched",
        Role: "r",
        GlueVersion: "5.0",
        Command: { Name: "glueetl", ScriptLocation: "s3://scripts/a.py" },
      }),
    );
    await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "cars" } }));
  });

  it("a user with a path, by the user's policy", async () => {
    const config = await user("pathy", document(allow("glue:GetJob", arn("job/watched"))));
    expect(await verdict(new GlueClient(config).send(getJob))).toBe(allowed);
    const forged = { ...config, credentials: { ...config.credentials, secretAccessKey: "wrong" } };
    expect(await verdict(new GlueClient(forged).send(getJob))).toBe("InvalidSignatureException");
  });

  it("a session token, as the user who asked for it", async () => {
    const config = await user("nobody");
    const { Credentials } = await new STSClient(config).send(new GetSessionTokenCommand({}));
    await expect(new GlueClient(as(Credentials)).send(getJob)).rejects.toThrow(
      /^User: arn:aws:iam::000000000000:user\/(team\/)?nobody is not authorized to perform: glue:GetJob on resource/,
    );
  });

  it("a permissions boundary and a session policy, which narrow what a policy allows", async () => {
    const root = clientConfig(sandbox.current);
    const iam = new IAMClient(root);
    const narrow = document(allow("s3:*", "*"));
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: "boundary", PolicyDocument: narrow }),
    );
    const bounded = await user("bounded", document(allow("glue:*", "*")), Policy?.Arn);
    expect(await verdict(new GlueClient(bounded).send(getJob))).toBe(refused);

    await iam.send(new CreateRoleCommand({ RoleName: "wide", AssumeRolePolicyDocument: everyone }));
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: "wide",
        PolicyName: "p",
        PolicyDocument: document(allow("glue:*", "*")),
      }),
    );
    const assume = { RoleArn: "arn:aws:iam::000000000000:role/wide", RoleSessionName: "s" };
    const sts = new STSClient(root);
    const whole = await sts.send(new AssumeRoleCommand(assume));
    expect(await verdict(new GlueClient(as(whole.Credentials)).send(getJob))).toBe(allowed);
    const less = await sts.send(new AssumeRoleCommand({ ...assume, Policy: narrow }));
    expect(await verdict(new GlueClient(as(less.Credentials)).send(getJob))).toBe(refused);
  });

  it.each([
    ["the database and its catalog", [arn("catalog"), arn("database/cars")], allowed],
    ["the database without its catalog", [arn("database/cars")], refused],
    ["another database", [arn("catalog"), arn("database/bikes")], refused],
  ])("a catalog call, by its resource and all ancestors: %s", async (label, resources, expected) => {
    const config = await user(label.replaceAll(" ", "-"), document(allow("glue:GetDatabase", ...resources)));
    expect(await verdict(new GlueClient(config).send(new GetDatabaseCommand({ Name: "cars" })))).toBe(
      expected,
    );
  });

  it("a Lambda function, as its role", async () => {
    const folder = await workspaceWith({
      "sandbox.yml": `version: 1
roles: [{ name: fn-role, trust: lambda.amazonaws.com }]
lambdas: [{ name: fn, runtime: python3.11, handler: main.handler, code: code/, role: fn-role }]
`,
      "code/main.py":
        "import boto3\ndef handler(event, context):\n  boto3.client('glue').get_job(JobName='watched')\n",
    });
    await sandbox.current.provision(folder);
    const { Payload } = await new LambdaClient(clientConfig(sandbox.current)).send(
      new InvokeCommand({ FunctionName: "fn" }),
    );
    expect(Payload?.transformToString()).toMatch(
      /assumed-role\/fn-role\/fn is not authorized to perform: glue:GetJob/,
    );
  });
});
