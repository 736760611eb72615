import { randomUUID } from "node:crypto";
import { CreateJobCommand, GetJobCommand, GlueClient } from "@aws-sdk/client-glue";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import { createClients } from "../../../src/aws/clients.ts";
import { systemClock } from "../../../src/base/clock.ts";
import { ToolkitError } from "../../../src/base/errors.ts";
import { silent } from "../../../src/base/progress.ts";
import { type DeployOptions, deploy } from "../../../src/deploy/deploy.ts";
import { policyFor } from "../../../src/deploy/policy/policy.ts";
import { rolesOfJobs } from "../../../src/deploy/policy/roles-of-jobs.ts";
import type { Policy, Statement } from "../../../src/deploy/policy/statement.ts";
import type { PolicyMode, PolicySubject } from "../../../src/deploy/policy/subject.ts";
import type { Manifest } from "../../../src/manifest/manifest.ts";
import type { ResolvedJob } from "../../../src/scripts/resolve.ts";
import { sandboxAccount } from "../../support/aws-environment.ts";
import { clientConfig, useSandbox } from "../../support/sandbox.ts";
import { workspaceWith } from "../../support/workspace.ts";
import { manifestOf, provenance } from "../support/deploy-world.ts";
import { sessionUnder, without } from "./support.ts";

const sandbox = useSandbox({ enforceIam: true });
const role = `arn:aws:iam::${sandboxAccount}:role/glue-job`;
const names = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL"];
const before = names.map((name) => [name, process.env[name]] as const);

afterEach(() => {
  for (const [name, value] of before) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
});

interface World {
  readonly subject: PolicySubject;
  readonly manifest: Manifest;
  location(): Promise<string | undefined>;
  /** Runs under the given environment variables; a script of other content each time. */
  run(
    environment: Readonly<Record<string, string>>,
    options: Partial<DeployOptions>,
  ): Promise<{ readonly result: string; readonly words: string }>;
}

/** One job with releases behind it, made by root. */
async function released(times = 2): Promise<World> {
  const id = randomUUID().slice(0, 8);
  const root = clientConfig(sandbox.current);
  const glue = new GlueClient(root);
  await new S3Client(root).send(new CreateBucketCommand({ Bucket: `scripts-${id}` }));
  const job: ResolvedJob = {
    key: "silver",
    job: `acme-silver-${id}`,
    script: "silver.py",
    glueVersion: "5.0",
    pythonVersion: undefined,
    extraPyFiles: [],
    line: undefined,
  };
  await glue.send(
    new CreateJobCommand({
      Name: job.job,
      Role: role,
      GlueVersion: "5.0",
      Command: { Name: "glueetl", ScriptLocation: `s3://scripts-${id}/old.py`, PythonVersion: "3" },
    }),
  );
  const manifest = manifestOf(`scripts-${id}`, sandboxAccount, [job]);
  const world: World = {
    manifest,
    subject: { manifest, account: sandboxAccount, roles: await rolesOf(job.job) },
    location: async () => {
      const { Job } = await glue.send(new GetJobCommand({ JobName: job.job }));
      return Job?.Command?.ScriptLocation;
    },
    run: async (environment, options) => {
      Object.assign(process.env, environment);
      const clients = createClients({ region: "us-east-1", progress: silent });
      onTestFinished(() => clients.destroy());
      const workspace = await workspaceWith({ "silver.py": `print("${randomUUID()}")\n` });
      const all: DeployOptions = {
        manifest,
        jobs: [job],
        workspace,
        mode: "deploy",
        subset: [],
        allowGlueVersionChange: false,
        onRunning: "warn",
        provenance,
        clients,
        clock: systemClock,
        progress: silent,
        ...options,
      };
      try {
        const { result, failure, warnings } = await deploy(all);
        return { result, words: `${failure?.message ?? ""} ${failure?.remedy ?? ""} ${warnings.join(" ")}` };
      } catch (thrown) {
        if (!(thrown instanceof ToolkitError)) throw thrown;
        return { result: "failed", words: `${thrown.message} ${thrown.remedy}` };
      }
    },
  };
  const asRoot = { ...sandbox.current.environment, AWS_SESSION_TOKEN: "" };
  for (let count = 0; count < times; count += 1) {
    expect(await world.run(asRoot, {})).toMatchObject({ result: "deployed" });
  }
  return world;
}

async function rolesOf(job: string): Promise<readonly string[]> {
  Object.assign(process.env, sandbox.current.environment, { AWS_SESSION_TOKEN: "" });
  const clients = createClients({ region: "us-east-1", progress: silent });
  onTestFinished(() => clients.destroy());
  return rolesOfJobs(clients.glue, [job], sandboxAccount);
}

function namesOne(words: string, statement: Statement | undefined): boolean {
  return (statement?.Action ?? []).some((action) => words.includes(`Allow ${action} on `));
}

const sample: PolicySubject = { manifest: manifestOf("b"), account: sandboxAccount, roles: [role] };
const sids = (mode: PolicyMode): readonly string[] => {
  const one = { key: "k", job: "j", script: "s.py" } as Manifest["jobs"][number];
  const manifest = manifestOf("b", sandboxAccount, [one]);
  return policyFor(mode, { ...sample, manifest }).Statement.map(({ Sid }) => Sid);
};
const modes = [
  ["plan", "planned"],
  ["deploy", "deployed"],
  ["rollback", "rolled-back"],
] as const;

function under(policy: Policy): ReturnType<typeof sessionUnder> {
  return sessionUnder(sandbox.current, `r-${randomUUID().slice(0, 8)}`, policy);
}

describe.each(modes)("mode %s, under its own policy", (mode, outcome) => {
  it("works", async () => {
    const world = await released();
    const session = await under(policyFor(mode, world.subject));
    expect(await world.run(session, { mode })).toMatchObject({ result: outcome });
  });

  it.each(sids(mode))("without %s, changes no job and names what is missing", async (sid) => {
    const world = await released();
    const policy = policyFor(mode, world.subject);
    const session = await under(without(policy, sid));
    const standing = await world.location();
    const { result, words } = await world.run(session, { mode });
    expect(result).toBe("failed");
    const missing = policy.Statement.find(({ Sid }) => Sid === sid);
    expect(words).toSatisfy((said: string) => namesOne(said, missing));
    expect(await world.location()).toBe(standing);
  });
});

describe("keep-releases, under the policy that has it", () => {
  it("prunes", async () => {
    const world = await released(3);
    const session = await under(policyFor("deploy", { ...world.subject, prunes: true }));
    const first = await world.run(session, { keepReleases: 1 });
    expect(first).toEqual({ result: "deployed", words: "  " });
  });

  it.each(["PruneScripts", "SeeEveryJob"])("without %s, deploys and says what is missing", async (sid) => {
    const world = await released(3);
    const policy = policyFor("deploy", { ...world.subject, prunes: true });
    const session = await under(without(policy, sid));
    const { result, words } = await world.run(session, { keepReleases: 1 });
    expect(result).toBe("deployed");
    expect(words).toMatch(sid === "PruneScripts" ? /s3:DeleteObject/ : /glue:GetJobs/);
  });
});
