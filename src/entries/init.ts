import { access, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, posix, resolve } from "node:path";
import { ToolkitError } from "../base/errors.ts";
import { defaultGlueVersion } from "../base/glue-versions.ts";
import type { InitInputs } from "../contract/init.ts";
import { keyFrom } from "../init/candidate.ts";
import { candidatesFromScripts } from "../init/from-scripts.ts";
import { manifestText } from "../init/manifest-text.ts";
import { mostFrequent } from "../init/names.ts";
import { workflowTexts } from "../init/workflow-text.ts";
import { loadManifest } from "../manifest/load.ts";
import type { InitDocument } from "../report/init-document.ts";
import { initText } from "../report/init-text.ts";
import { formatMinor, pythonOf } from "../validate/glue-versions.ts";
import { type CommandOutcome, jsonText } from "./command.ts";
import type { EntryHost } from "./host.ts";
import { type FoundJobs, liveJobs } from "./init-live-jobs.ts";
import { schemaAddress, toolkitRepository } from "./version.ts";

type Host = EntryHost<InitInputs>;

/** Writes a manifest, and the workflows that use it. Nothing is written while anything stands in the way. */
export async function initEntry(host: Host): Promise<CommandOutcome> {
  const { inputs, context } = host;
  const { workspace } = context;
  const path = posix.normalize(inputs.manifest);
  if (!inputs.force) await refuseOverwriting(workspace, [path]);
  const region = regionOf(host);
  const found = inputs.from === "jobs" ? await liveJobs(host, region) : await scriptJobs(host);
  const glueVersion =
    inputs["glue-version"] ??
    mostFrequent(found.candidates.flatMap((job) => job.glueVersion ?? [])) ??
    defaultGlueVersion;
  const text = manifestText({
    name: found.name,
    environment: inputs.environment,
    region,
    account: inputs.account ?? found.account,
    bucket: inputs.bucket ?? found.bucket ?? `${found.name}-glue-scripts-\${environment}`,
    prefix: inputs.prefix,
    glueVersion,
    jobs: found.candidates,
    schema: schemaAddress,
  });
  await assertLoads(path, text);
  const pythons = found.candidates.map((job) =>
    formatMinor(pythonOf({ glueVersion: job.glueVersion ?? glueVersion, pythonVersion: job.pythonVersion })),
  );
  const workflows = inputs.workflows
    ? workflowTexts({
        manifest: path,
        environment: inputs.environment,
        region,
        pythons: [...new Set(pythons)].sort(),
        toolkit: toolkitRepository,
      })
    : {};
  const files = [...found.files, { path, content: text }, ...filesOf(workflows)];
  if (!inputs.force)
    await refuseOverwriting(
      workspace,
      files.map((file) => file.path),
    );
  for (const file of files) await writeNew(workspace, file.path, file.content);
  return shown(
    { version: 1, manifest: path, written: files.map((file) => file.path), ...summaryOf(found) },
    host,
  );
}

function shown(document: InitDocument, { inputs }: Host): CommandOutcome {
  const { environment, workflows } = inputs;
  return {
    views: {
      text: (paint) => initText(document, { environment, workflows }, paint),
      json: () => jsonText(document),
    },
  };
}

function summaryOf({ candidates, notes }: FoundJobs): Pick<InitDocument, "jobs" | "notes"> {
  return { jobs: candidates.map(({ key, job, script }) => ({ key, job, script })), notes: [...notes] };
}

async function scriptJobs({ inputs, context }: Host): Promise<FoundJobs> {
  const name = inputs.name ?? (keyFrom(basename(context.workspace)) || "pipeline");
  const candidates = await candidatesFromScripts({
    workspace: context.workspace,
    places: inputs.scripts,
    jobName: inputs["job-name"],
    name,
  });
  return { name, candidates, account: undefined, bucket: undefined, files: [], notes: [] };
}

function regionOf({ inputs, environment }: Host): string {
  return inputs.region ?? environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? "us-east-1";
}

function filesOf(texts: Readonly<Record<string, string>>): { path: string; content: string }[] {
  return Object.entries(texts).map(([path, content]) => ({ path, content }));
}

/** What is written must load: the manifest is read as every other command will read it, before it stands anywhere. */
async function assertLoads(path: string, text: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "glue-toolkit-init-"));
  try {
    await writeNew(folder, path, text);
    await loadManifest({ workspace: folder, path });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function refuseOverwriting(workspace: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const isThere = await access(resolve(workspace, path)).then(
      () => true,
      () => false,
    );
    if (isThere) {
      throw new ToolkitError({
        code: "file-exists",
        message: `${path} is there already; nothing was written`,
        remedy: "Move it away, or overwrite it with --force.",
        source: "user",
      });
    }
  }
}

async function writeNew(workspace: string, path: string, content: string | Uint8Array): Promise<void> {
  const absolute = resolve(workspace, path);
  await mkdir(dirname(absolute), { recursive: true });
  await writeFile(absolute, content);
}
