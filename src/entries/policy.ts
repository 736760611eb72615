import { createClients } from "../aws/clients.ts";
import { callerIdentity } from "../aws/identity.ts";
import { ToolkitError } from "../base/errors.ts";
import type { PolicyInputs } from "../contract/policy.ts";
import { policyDocuments } from "../deploy/policy/policy.ts";
import { rolesOfJobs } from "../deploy/policy/roles-of-jobs.ts";
import { managedPolicyLimit, policySize } from "../deploy/policy/split-policy.ts";
import type { Policy } from "../deploy/policy/statement.ts";
import type { PolicyMode } from "../deploy/policy/subject.ts";
import { trustPolicy } from "../deploy/policy/trust-policy.ts";
import { loadManifest } from "../manifest/load.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { resolveJobs } from "../scripts/resolve.ts";
import { type CommandOutcome, jsonText } from "./command.ts";
import type { EntryHost } from "./host.ts";
import { version } from "./version.ts";

type Host = EntryHost<PolicyInputs>;

/** Of a role, before the quota is raised (IAM user guide, "IAM and AWS STS quotas"). */
const mostPolicies = 10;

/** The IAM policy of a mode, or the trust policy of the role: the document itself, ready for IAM. */
export async function policyEntry(host: Host): Promise<CommandOutcome> {
  const { inputs, context } = host;
  const manifest = await loadManifest({
    workspace: context.workspace,
    path: inputs.manifest,
    environment: inputs.environment,
  });
  if (inputs.mode === "trust") {
    const text = jsonText(await trust(host, manifest));
    return { views: { text: () => text.trimEnd(), json: () => text } };
  }
  const documents = await permissions(host, manifest, inputs.mode);
  tellSizes(host, documents);
  const wanted = inputs.part === undefined ? documents : documents.slice(inputs.part - 1, inputs.part);
  if (wanted.length === 0) throw noSuchPart(inputs.part, documents.length);
  const [only, ...others] = wanted;
  return {
    views: {
      text: () => wanted.map((document) => jsonText(document).trimEnd()).join("\n"),
      json: () => jsonText(others.length === 0 ? only : wanted),
    },
  };
}

/** A managed policy has a limit, and so has the number of policies that a role can have. */
function tellSizes({ progress }: Host, documents: readonly Policy[]): void {
  documents.forEach((document, index) => {
    const of = documents.length === 1 ? "The policy" : `Document ${index + 1} of ${documents.length}`;
    const message = `${of} has ${policySize(document)} of the ${managedPolicyLimit} characters that a managed policy may have`;
    progress({ code: "policy.size", level: "info", message });
  });
  if (documents.length <= mostPolicies) return;
  const message = `A role can have ${mostPolicies} managed policies, up to 20 on request: let one entry with a glob stand for many jobs`;
  progress({ code: "policy.too-many", level: "warning", message });
}

function noSuchPart(part: number | undefined, count: number): ToolkitError {
  return new ToolkitError({
    code: "invalid-input",
    message: `--part: "${part}" is not one of the ${count === 1 ? "one document" : `${count} documents`} of this policy`,
    remedy: "Leave --part out to print all of them.",
    source: "user",
  });
}

async function trust(host: Host, manifest: Manifest): Promise<unknown> {
  const { inputs, context } = host;
  const repository = inputs.repository ?? context.repository;
  if (repository === undefined || !/^[\w.-]+\/[\w.-]+$/.test(repository)) throw repositoryNeeded(repository);
  return trustPolicy({
    account: await accountOf(host, manifest),
    repository,
    environment: manifest.environment.name,
    partition: inputs.partition,
  });
}

async function permissions(host: Host, manifest: Manifest, mode: PolicyMode): Promise<readonly Policy[]> {
  const { inputs } = host;
  const passes = mode === "deploy" || mode === "rollback";
  return policyDocuments(mode, {
    manifest,
    account: await accountOf(host, manifest),
    roles: !passes || inputs.roles.length > 0 ? inputs.roles : await liveRoles(host, manifest),
    prunes: inputs.prunes,
    kmsKeys: [...inputs["kms-keys"], ...scriptsKey(manifest)],
    partition: inputs.partition,
  });
}

/** The key that the manifest encrypts scripts with, where it is given as an ARN, which a policy needs. */
function scriptsKey({ scripts }: Manifest): readonly string[] {
  const key = scripts.encryption?.key;
  return key?.startsWith("arn:") === true ? [key] : [];
}

async function accountOf(host: Host, manifest: Manifest): Promise<string> {
  const known = host.inputs.account ?? manifest.environment.account;
  if (known === undefined)
    return withClients(host, manifest, async ({ sts }) => (await callerIdentity(sts, host.signal)).account);
  if (/^\d{12}$/.test(known)) return known;
  throw new ToolkitError({
    code: "invalid-input",
    message: `--account: "${known}" must be twelve digits`,
    remedy: "Write the account's number without dashes.",
    source: "user",
  });
}

async function liveRoles(host: Host, manifest: Manifest): Promise<readonly string[]> {
  const { jobs } = await resolveJobs(manifest, host.context.workspace);
  const account = await accountOf(host, manifest);
  const names = jobs.map(({ job }) => job);
  const roles = await withClients(host, manifest, ({ glue }) =>
    rolesOfJobs(glue, names, account, host.inputs.partition),
  );
  if (roles.length > 0) return roles;
  throw new ToolkitError({
    code: "no-job-roles",
    message: "None of the manifest's jobs is there, so their roles are not known",
    remedy: "Name the roles that the jobs will run under with --roles.",
    source: "user",
  });
}

async function withClients<T>(
  { progress }: Host,
  manifest: Manifest,
  work: (clients: ReturnType<typeof createClients>) => Promise<T>,
): Promise<T> {
  const clients = createClients({
    region: manifest.environment.region,
    progress,
    userAgent: `glue-deploy-toolkit/${version}`,
  });
  try {
    return await work(clients);
  } finally {
    clients.destroy();
  }
}

function repositoryNeeded(given: string | undefined): ToolkitError {
  return new ToolkitError({
    code: "repository-needed",
    message:
      given === undefined
        ? "The repository that may assume the role is not known"
        : `"${given}" is not a repository`,
    remedy: "Name it with --repository owner/name.",
    source: "user",
  });
}
