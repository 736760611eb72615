import type { DeployGlueInputs } from "../contract/deploy-glue.ts";
import { isGlob } from "../manifest/build.ts";
import { loadManifest } from "../manifest/load.ts";
import type { EntryHost } from "./host.ts";

/** The beginning of a release's id or of its commit. */
const shortened = /^(?:\d{4,8}|\d{8}T.*|[0-9a-f]{4,64})$/i;
/** One that no job is likely to be called: globs give jobs whose names the manifest doesn't tell. */
const unmistakable = /^(?:\d{8}(?:T.*)?|(?=.*\d)[0-9a-f]{7,64})$/i;

/**
 * The inputs of `rollback RELEASE JOB…`: a word that is no job of the manifest, and may be the beginning of a release's
 * id or of its commit, is the release to go back to.
 * @throws ToolkitError for a manifest that can't be read
 */
export async function releaseAmongJobs({
  inputs,
  context,
}: Pick<EntryHost<DeployGlueInputs>, "inputs" | "context">): Promise<DeployGlueInputs> {
  const words = inputs.jobs.filter((word) => shortened.test(word));
  if (words.length === 0 || inputs["rollback-to"] !== undefined) return inputs;
  const { jobs } = await loadManifest({
    workspace: context.workspace,
    path: inputs.manifest,
    environment: inputs.environment,
  });
  const keys = new Set(jobs.map(({ key }) => key));
  const form = jobs.some(({ script }) => isGlob(script)) ? unmistakable : shortened;
  const releases = words.filter((word) => !keys.has(word) && form.test(word));
  const [release] = releases;
  if (release === undefined || releases.length > 1) return inputs;
  return { ...inputs, "rollback-to": release, jobs: inputs.jobs.filter((word) => word !== release) };
}
