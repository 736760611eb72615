import type { ProgressEvent } from "../../../src/base/progress.ts";
import { type DeployOptions, deploy } from "../../../src/deploy/deploy.ts";
import type { Place } from "../../../src/deploy/place.ts";
import type { DeployResult } from "../../../src/deploy/result.ts";
import type { Manifest } from "../../../src/manifest/manifest.ts";
import type { ResolvedJob } from "../../../src/scripts/resolve.ts";
import { fakeClock } from "../../support/fake-clock.ts";
import { workspaceWith } from "../../support/workspace.ts";
import { provenance } from "./deploy-world.ts";
import { type LiveJob, type SmallAws, smallAws } from "./small-aws.ts";

export interface SmallWorld {
  readonly aws: SmallAws;
  readonly place: Place;
  readonly events: readonly ProgressEvent[];
  readonly clock: ReturnType<typeof fakeClock>;
  readonly names: readonly string[];
  readonly manifest: Manifest;
  /** Deploys; each number is another text of every script. */
  release(text?: number, options?: Partial<DeployOptions>): Promise<DeployResult>;
  /** Where each job points. */
  locations(): readonly unknown[];
  /** Ids in the ledger, oldest first. */
  releaseIds(): readonly string[];
  /** A record of the ledger as it is stored. */
  record(id: string | undefined): Record<string, unknown>;
}

const start = Date.parse("2025-11-05T10:30:00.000Z");

/** Jobs `a`, `b`, … that run an old script, on an AWS in memory whose time jumps. */
export async function smallWorld(count = 1): Promise<SmallWorld> {
  const names = ["a", "b", "c", "d"].slice(0, count);
  const aws = await smallAws(names.map(liveJob));
  const clock = fakeClock(start);
  const events: ProgressEvent[] = [];
  const progress = (event: ProgressEvent): void => void events.push(event);
  const jobs = names.map(resolvedJob);
  const manifest: Manifest = {
    path: "glue-pipeline.yml",
    name: "acme",
    environment: { name: "dev", region: "us-east-1", account: "123456789012" },
    environmentNames: ["dev", "prod"],
    scripts: { bucket: "s", prefix: "p/" },
    jobs,
    e2e: undefined,
  };
  const { clients } = aws;
  const place: Place = {
    clients,
    clock,
    signal: undefined,
    progress,
    environment: "dev",
    region: "us-east-1",
    bucket: { name: "s", owner: "123456789012" },
    prefix: "p/",
  };
  const workspaces = new Map<number, string>();
  const workspaceOf = async (text: number): Promise<string> => {
    const files = Object.fromEntries(jobs.map(({ script }) => [script, `print("${script}", ${text})\n`]));
    const made = workspaces.get(text) ?? (await workspaceWith(files));
    workspaces.set(text, made);
    return made;
  };
  return {
    aws,
    place,
    events,
    clock,
    names,
    manifest,
    release: async (text = 1, options = {}) =>
      deploy({
        manifest,
        jobs,
        workspace: await workspaceOf(text),
        mode: "deploy",
        subset: [],
        allowGlueVersionChange: false,
        onRunning: "warn",
        provenance,
        clients,
        clock,
        progress,
        ...options,
      }),
    locations: () => names.map((name) => commandOf(aws.jobs.get(name))?.ScriptLocation),
    releaseIds: () =>
      [...aws.objects.keys()]
        .flatMap((key) => /^p\/_releases\/dev\/(\d.*)\.json$/.exec(key)?.[1] ?? [])
        .sort(),
    record: (id) => JSON.parse(aws.objects.get(`p/_releases/dev/${id}.json`)?.body ?? "null"),
  };
}

export const oldScript = "s3://old/job.py";

function liveJob(name: string): LiveJob {
  return {
    Name: name,
    Role: "glue",
    GlueVersion: "5.0",
    LastModifiedOn: start / 1_000 - 86_400,
    Command: { Name: "glueetl", ScriptLocation: oldScript },
  };
}

function resolvedJob(name: string): ResolvedJob {
  return {
    key: `key-${name}`,
    job: name,
    script: `${name}.py`,
    glueVersion: "5.0",
    pythonVersion: undefined,
    extraPyFiles: [],
    line: undefined,
  };
}

function commandOf(job: LiveJob | undefined): { readonly ScriptLocation?: string } | undefined {
  return job?.["Command"] as { readonly ScriptLocation?: string } | undefined;
}
