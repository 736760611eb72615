import { describe, expect, it } from "vitest";
import { policyFor } from "../../../src/deploy/policy/policy.ts";
import type { PolicyMode, PolicySubject } from "../../../src/deploy/policy/subject.ts";
import { trustPolicy } from "../../../src/deploy/policy/trust-policy.ts";
import { loadManifest } from "../../../src/manifest/load.ts";
import { medallion } from "../../support/medallion.ts";

const account = "123456789012";
const role = `arn:aws:iam::${account}:role/acme-glue`;

async function subject(changes: Partial<PolicySubject> = {}): Promise<PolicySubject> {
  const manifest = await loadManifest({
    workspace: medallion,
    path: "glue-pipeline.yml",
    environment: "dev",
  });
  return { manifest, account, roles: [role], ...changes };
}

describe("the policy of a mode", () => {
  it("lets a plan read and do nothing else", async () => {
    const { Statement } = policyFor("plan", await subject());
    const actions = Statement.flatMap(({ Action }) => Action);
    expect(actions.filter((action) => !/:(BatchGet|Get|List)/.test(action))).toEqual([]);
  });

  it("passes the jobs' roles to Glue alone", async () => {
    const statement = policyFor("deploy", await subject()).Statement.find(
      ({ Sid }) => Sid === "PassJobRoles",
    );
    expect(statement).toEqual({
      Sid: "PassJobRoles",
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: [role],
      Condition: { StringEquals: { "iam:PassedToService": "glue.amazonaws.com" } },
    });
  });

  it("deletes scripts only where keep-releases is used", async () => {
    const actions = async (prunes: boolean): Promise<readonly string[]> =>
      policyFor("deploy", await subject({ prunes })).Statement.flatMap(({ Action }) => Action);
    expect(await actions(false)).not.toContain("s3:DeleteObject");
    expect(await actions(true)).toContain("s3:DeleteObject");
  });

  it("uses a bucket's key through S3 alone", async () => {
    const kmsKeys = [`arn:aws:kms:us-east-1:${account}:key/k`];
    const [statement] = policyFor("deploy", await subject({ kmsKeys })).Statement.slice(-1);
    expect(statement).toMatchObject({
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: kmsKeys,
      Condition: { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } },
    });
  });

  it("names a glob's jobs by one wildcard", async () => {
    const whole = await subject();
    const [first] = whole.manifest.jobs;
    if (first === undefined) throw new Error("the example has jobs");
    const jobs = [{ ...first, job: "acme-${stem}-dev", script: "glue_jobs/*.py" }];
    const { Statement } = policyFor("plan", { ...whole, manifest: { ...whole.manifest, jobs } });
    expect(Statement[0]?.Resource).toEqual([`arn:aws:glue:us-east-1:${account}:job/acme-*-dev`]);
  });

  it.each<PolicyMode>(["plan", "deploy", "rollback", "e2e"])(
    "%s fits into a managed policy",
    async (mode) => {
      const text = JSON.stringify(policyFor(mode, await subject({ prunes: true })));
      expect(text.length).toBeLessThan(6_144);
      expect(text).not.toMatch(/"(glue|s3|athena|logs|iam):\*"/);
    },
  );

  it("e2e deletes below the manifest's clean locations alone", async () => {
    const { Statement } = policyFor("e2e", await subject());
    const clean = Statement.find(({ Sid }) => Sid === "CleanData");
    expect(clean?.Resource).toContain("arn:aws:s3:::datalake-pipeline-silver-dev/car/*");
    expect(clean?.Resource).toHaveLength(8);
  });

  it("has nothing for e2e where the manifest has none", async () => {
    const whole = await subject();
    const manifest = { ...whole.manifest, e2e: undefined };
    expect(policyFor("e2e", { ...whole, manifest }).Statement).toEqual([]);
  });
});

describe("the trust policy", () => {
  it("is pinned to one repository and one environment", () => {
    const [statement] = trustPolicy({
      account,
      repository: "acme/datalake",
      environment: "prod:eu",
    }).Statement;
    expect(statement.Principal.Federated).toBe(
      `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`,
    );
    expect(statement.Condition).toEqual({
      StringEquals: {
        "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
        "token.actions.githubusercontent.com:sub": "repo:acme/datalake:environment:prod%3Aeu",
      },
    });
  });
});
