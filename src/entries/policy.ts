import { createClients } from "../aws/clients.ts";
import { callerIdentity } from "../aws/identity.ts";
import { ToolkitError } from "../base/errors.ts";
import type { PolicyInputs } from "../contract/policy.ts";
import { policyFor } from "../deploy/policy/policy.ts";
import { rolesOfJobs } from "../deploy/policy/roles-of-jobs.ts";
import type { PolicyMode } from "../deploy/policy/subject.ts";
import { trustPolicy } from "../deploy/policy/trust-policy.ts";
import { loadManifest } from "../manifest/load.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { resolveJobs } from "../scripts/resolve.ts";
import { type CommandOutcome, jsonText } from "./command.ts";
import type { EntryHost } from "./host.ts";
import { version } from "./version.ts";

type Host = EntryHost<PolicyInputs>;

/** The IAM policy of a mode, or the trust policy of the role: the document itself, ready for IAM. */
export async function policyEntry(host: Host): Promise<CommandOutcome> {
  const { inputs, context } = host;
  const manifest = await loadManifest({
    workspace: context.workspace,
    path: inputs.manifest,
    environment: inputs.environment,
  });
  const text = jsonText(
    inputs.mode === "trust" ? await trust(host, manifest) : await permissions(host, manifest, inputs.mode),
  );
  return { views: { text: () => text.trimEnd(), json: () => text } };
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

async function permissions(host: Host, manifest: Manifest, mode: PolicyMode): Promise<unknown> {
  const { inputs } = host;
  const passes = mode === "deploy" || mode === "rollback";
  return policyFor(mode, {
    manifest,
    account: await accountOf(host, manifest),
    roles: !passes || inputs.roles.length > 0 ? inputs.roles : await liveRoles(host, manifest),
    prunes: inputs.prunes,
    kmsKeys: inputs["kms-keys"],
    partition: inputs.partition,
  });
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
