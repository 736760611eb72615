import type { DeployGlueInputs } from "../contract/deploy-glue.ts";
import { isGlob } from "../manifest/build.ts";
import { loadManifest } from "../manifest/load.ts";
import type { EntryHost } from "./host.ts";

/** A release whatever the jobs are called. */
const certain = /^(?:previous|\d{8}T.*)$/;
/** The beginning of a release's id or of its commit. */
const shortened = /^(?:\d{4,8}|\d{8}T.*|[0-9a-f]{4,64})$/i;
/** One that no job is likely to be called: globs give jobs whose names the manifest doesn't tell. */
const unmistakable = /^(?:\d{8}(?:T.*)?|(?=.*\d)[0-9a-f]{7,64})$/i;

type Host = Pick<EntryHost<DeployGlueInputs>, "inputs" | "context">;

/**
 * The inputs of `rollback RELEASE JOB…`: `previous`, a release's id, or a word that is no job of the manifest and may be
 * the beginning of a release's id or of its commit, is the release to go back to.
 * @throws ToolkitError for a manifest that can't be read
 */
export async function releaseAmongJobs(host: Host): Promise<DeployGlueInputs> {
  const { inputs } = host;
  if (inputs["rollback-to"] !== undefined) return inputs;
  const named = inputs.jobs.filter((word) => certain.test(word));
  const [release, ...others] = named.length > 0 ? named : await likelyReleases(host);
  if (release === undefined || others.length > 0) return inputs;
  return { ...inputs, "rollback-to": release, jobs: inputs.jobs.filter((word) => word !== release) };
}

async function likelyReleases({ inputs, context }: Host): Promise<readonly string[]> {
  const words = inputs.jobs.filter((word) => shortened.test(word));
  if (words.length === 0) return [];
  const { jobs } = await loadManifest({
    workspace: context.workspace,
    path: inputs.manifest,
    environment: inputs.environment,
  });
  const keys = new Set(jobs.map(({ key }) => key));
  const form = jobs.some(({ script }) => isGlob(script)) ? unmistakable : shortened;
  return words.filter((word) => !keys.has(word) && form.test(word));
}
