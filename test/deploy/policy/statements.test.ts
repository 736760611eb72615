import { describe, expect, it } from "vitest";
import { policyFor } from "../../../src/deploy/policy/policy.ts";
import { rolesOfJobs } from "../../../src/deploy/policy/roles-of-jobs.ts";
import type { PolicyMode, PolicySubject } from "../../../src/deploy/policy/subject.ts";
import { trustPolicy } from "../../../src/deploy/policy/trust-policy.ts";
import type { E2eManifest, JobEntry, Manifest } from "../../../src/manifest/manifest.ts";
import { refused, scriptedAws } from "../../aws/scripted.ts";

const account = "123456789012";
const glue = `arn:aws-cn:glue:cn-north-1:${account}`;
const key = `arn:aws-cn:kms:cn-north-1:${account}:key/k`;
const roles = [`arn:aws-cn:iam::${account}:role/z`, `arn:aws-cn:iam::${account}:role/a`];

const job = (name: string, job: string): JobEntry => ({
  key: name,
  job,
  script: "s.py",
  glueVersion: undefined,
  pythonVersion: undefined,
  extraPyFiles: [],
  line: undefined,
});

const step = { key: "k", needs: [], timeout: undefined, line: undefined };

const e2e: E2eManifest = {
  clean: [{ bucket: "raw", prefix: "cars/", line: undefined }],
  allowWholeBucket: [],
  bookmarks: ["silver"],
  athena: { database: "d", workgroup: "w", output: "s3://results/e2e/" },
  steps: [
    { ...step, kind: "upload", file: "a.json", bucket: "landing", objectKey: "in/a.json" },
    { ...step, kind: "expect", bucket: "checked", pattern: "cars/*" },
    { ...step, kind: "crawler", crawler: "c" },
    { ...step, kind: "run", job: "gold", arguments: {} },
  ],
};

function subject(changes: Partial<Manifest> = {}, more: Partial<PolicySubject> = {}): PolicySubject {
  const manifest: Manifest = {
    path: "m",
    name: "n",
    environment: { name: "dev", region: "cn-north-1", account },
    environmentNames: ["dev"],
    scripts: { bucket: "scripts", prefix: "p/" },
    jobs: [job("silver", "acme-silver"), job("gold", "acme-gold"), job("idle", "acme-idle")],
    e2e,
    ...changes,
  };
  return { manifest, account, roles, partition: "aws-cn", ...more };
}

/** What each statement allows on what, by its Sid. */
function allowed(mode: PolicyMode, of: PolicySubject): Readonly<Record<string, readonly string[]>> {
  const { Statement } = policyFor(mode, of);
  return Object.fromEntries(
    Statement.map(({ Sid, Action, Resource }) => [Sid, [Action.join(" "), ...Resource]]),
  );
}

const everyJob = ["acme-gold", "acme-idle", "acme-silver"].map((name) => `${glue}:job/${name}`);
const scripts = "arn:aws-cn:s3:::scripts/p/*";
const reading = {
  ReadJobs: ["glue:BatchGetJobs glue:GetJob glue:GetJobRuns", ...everyJob],
  ListScripts: ["s3:ListBucket", "arn:aws-cn:s3:::scripts"],
  ReadScripts: ["s3:GetObject", scripts],
};
const deploying = {
  ...reading,
  WriteScripts: ["s3:PutObject", scripts],
  RepointJobs: ["glue:UpdateJob", ...everyJob],
  PassJobRoles: ["iam:PassRole", ...roles.toSorted()],
};
const pruning = { PruneScripts: ["s3:DeleteObject", scripts], SeeEveryJob: ["glue:GetJobs", "*"] };

describe("every statement of", () => {
  it("a plan", () => {
    expect(allowed("plan", subject())).toEqual(reading);
    expect(allowed("plan", subject({}, { kmsKeys: [key] }))).toEqual({
      ...reading,
      UseBucketKeys: ["kms:Decrypt", key],
    });
  });

  it.each(["deploy", "rollback"] as const)("a %s", (mode) => {
    expect(allowed(mode, subject())).toEqual(deploying);
    expect(allowed(mode, subject({}, { prunes: true, kmsKeys: [key] }))).toEqual({
      ...deploying,
      ...pruning,
      UseBucketKeys: ["kms:Decrypt kms:GenerateDataKey", key],
    });
  });

  it("an end-to-end run", () => {
    expect(allowed("e2e", subject({}, { kmsKeys: [key] }))).toEqual({
      ReadJobs: ["glue:BatchGetJobs glue:GetJob glue:GetJobRun glue:GetJobRuns", everyJob[0], everyJob[2]],
      RunJobs: ["glue:StartJobRun glue:BatchStopJobRun", everyJob[0]],
      ReadLogs: ["logs:FilterLogEvents", `arn:aws-cn:logs:cn-north-1:${account}:log-group:/aws-glue/*`],
      ResetBookmarks: ["glue:ResetJobBookmark", "*"],
      Crawl: ["glue:GetCrawler glue:ListCrawls glue:StartCrawler glue:StopCrawler", `${glue}:crawler/c`],
      ReadCrawledTables: ["glue:GetTables", `${glue}:catalog`, `${glue}:database/*`, `${glue}:table/*/*`],
      SeeTriggers: ["s3:GetBucketNotification", "arn:aws-cn:s3:::landing"],
      ReadTriggeredLogs: [
        "logs:FilterLogEvents",
        `arn:aws-cn:logs:cn-north-1:${account}:log-group:/aws/lambda/*`,
      ],
      ListData: ["s3:ListBucket", ...["checked", "landing", "raw"].map((name) => `arn:aws-cn:s3:::${name}`)],
      SeeVersions: ["s3:GetBucketVersioning s3:ListBucketVersions", "arn:aws-cn:s3:::raw"],
      CleanData: ["s3:DeleteObject s3:DeleteObjectVersion", "arn:aws-cn:s3:::raw/cars/*"],
      UploadInput: ["s3:PutObject s3:GetObject", "arn:aws-cn:s3:::landing/in/a.json"],
      ReadCatalog: [
        "glue:GetDatabase glue:GetTable glue:GetTables glue:GetPartitions glue:BatchGetPartition",
        `${glue}:catalog`,
        `${glue}:database/d`,
        `${glue}:table/d/*`,
      ],
      Query: [
        "athena:GetWorkGroup athena:StartQueryExecution athena:StopQueryExecution athena:GetQueryExecution athena:GetQueryResults",
        `arn:aws-cn:athena:cn-north-1:${account}:workgroup/w`,
      ],
      ReadData: ["s3:GetObject", ...["checked", "landing", "raw"].map((name) => `arn:aws-cn:s3:::${name}/*`)],
      ListResults: ["s3:GetBucketLocation s3:ListBucket", "arn:aws-cn:s3:::results"],
      KeepResults: [
        "s3:GetObject s3:PutObject s3:AbortMultipartUpload s3:ListMultipartUploadParts",
        "arn:aws-cn:s3:::results/e2e/*",
      ],
      ListScripts: ["s3:ListBucket", "arn:aws-cn:s3:::scripts"],
      ReadScripts: ["s3:GetObject", scripts],
      KeepState: ["s3:PutObject", "arn:aws-cn:s3:::scripts/p/_runs/dev/*"],
      UseBucketKeys: ["kms:Decrypt kms:GenerateDataKey", key],
    });
  });

  it("an end-to-end run of a glob's jobs, whatever their keys", () => {
    const jobs = [job("all", "acme-${stem}-dev"), job("idle", "acme-idle")];
    const { RunJobs, ReadLogs } = allowed("e2e", subject({ jobs }));
    expect(RunJobs?.slice(1)).toEqual([`${glue}:job/acme-*-dev`]);
    expect(ReadLogs).toBeDefined();
  });

  it("an end-to-end run that starts no job", () => {
    const glob = [job("all", "acme-${stem}-dev")];
    const onlyCrawls = subject({ jobs: glob, e2e: { ...e2e, steps: e2e.steps.slice(0, 3) } });
    expect(allowed("e2e", onlyCrawls)).not.toHaveProperty("RunJobs");
    expect(allowed("e2e", onlyCrawls)).toHaveProperty("ReadLogs");
    const neither = subject({ e2e: { ...e2e, steps: e2e.steps.slice(0, 2) } });
    expect(allowed("e2e", neither)).not.toHaveProperty("ReadLogs");
  });
});

it("a policy is a document of the one version that has policy variables, in AWS's own partition by default", () => {
  const policy = policyFor("plan", { manifest: subject().manifest, account, roles });
  expect(policy.Version).toBe("2012-10-17");
  expect(policy.Statement[1]?.Resource).toEqual(["arn:aws:s3:::scripts"]);
  expect(policy.Statement[1]).not.toHaveProperty("Condition");
});

describe("the trust policy", () => {
  it("names its provider and its audience, in any partition", () => {
    const options = { account, repository: "acme/x", environment: "a:b:c", partition: "aws-us-gov" };
    expect(trustPolicy(options)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "GitHubEnvironment",
          Effect: "Allow",
          Principal: {
            Federated: `arn:aws-us-gov:iam::${account}:oidc-provider/token.actions.githubusercontent.com`,
          },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: {
              "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
              "token.actions.githubusercontent.com:sub": "repo:acme/x:environment:a%3Ab%3Ac",
            },
          },
        },
      ],
    });
  });
});

it("the roles of live jobs are ARNs, each once and in order, whether Glue has them as ARN, path or name", async () => {
  const clients = await scriptedAws({
    BatchGetJobs: [
      {
        Jobs: [
          { Name: "a", Role: "zeta" },
          { Name: "b", Role: "/service/alpha" },
          { Name: "c", Role: `arn:aws:iam::${account}:role/zeta` },
          { Name: "d", Role: "" },
          { Name: "e" },
          { Name: "g", Role: "team/arn:x" },
        ],
        JobsNotFound: ["f"],
      },
    ],
    GetJob: [refused("EntityNotFoundException")],
  });
  const roles = (partition?: string) =>
    rolesOfJobs(clients.glue, ["a", "b", "c", "d", "e", "f", "g"], account, partition);
  expect(await roles()).toEqual([
    `arn:aws:iam::${account}:role/service/alpha`,
    `arn:aws:iam::${account}:role/team/arn:x`,
    `arn:aws:iam::${account}:role/zeta`,
  ]);
  expect((await roles("aws-cn"))[0]).toBe(`arn:aws-cn:iam::${account}:role/service/alpha`);
});
