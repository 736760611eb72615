import { createClients } from "../aws/clients.ts";
import { callerIdentity } from "../aws/identity.ts";
import { listJobDefinitions } from "../aws/job-definitions.ts";
import { getObject, parseS3Uri } from "../aws/objects.ts";
import { ToolkitError } from "../base/errors.ts";
import { mapLimited } from "../base/limit.ts";
import type { InitInputs } from "../contract/init.ts";
import { type Candidate, keyFrom } from "../init/candidate.ts";
import { filesOf } from "../init/files-of.ts";
import { candidatesFromJobs, type LiveCandidates, type LiveJob } from "../init/from-jobs.ts";
import { matchesName, mostFrequent, sharedPrefix, withEnvironment } from "../init/names.ts";
import type { EntryHost } from "./host.ts";
import { version } from "./version.ts";

/** Jobs for a new manifest, from wherever they were found. */
export interface FoundJobs {
  readonly name: string;
  readonly candidates: readonly Candidate[];
  readonly account: string | undefined;
  readonly bucket: string | undefined;
  /** Files to write beside the manifest. */
  readonly files: readonly { readonly path: string; readonly content: Uint8Array }[];
  readonly notes: readonly string[];
}

type Host = EntryHost<InitInputs>;
type Clients = ReturnType<typeof createClients>;

const parallelDownloads = 8;

/**
 * The account's jobs that the globs name, and the scripts of theirs that the repository hasn't got.
 * @throws ToolkitError `no-live-jobs` and AWS errors
 */
export async function liveJobs(host: Host, region: string): Promise<FoundJobs> {
  const { inputs, context, progress, signal } = host;
  const clients = createClients({ region, progress, userAgent: `glue-deploy-toolkit/${version}` });
  try {
    const { account } = await callerIdentity(clients.sts, signal);
    const all = await listJobDefinitions(clients.glue, signal);
    const jobs = all.filter(({ name }) => isWanted(name, inputs.jobs));
    if (jobs.length === 0) throw noJobs(all.length, region);
    const found = candidatesFromJobs(jobs, {
      environment: inputs.environment,
      files: [
        ...(await filesOf(context.workspace, inputs.scripts, ".py")),
        ...(await filesOf(context.workspace, inputs.scripts, ".scala")),
      ],
      downloadTo: inputs["download-to"],
    });
    const shared = keyFrom(sharedPrefix(jobs.map(({ name }) => name)));
    return {
      name: inputs.name ?? (shared || `glue-${account}`),
      candidates: found.candidates,
      account,
      bucket: bucketOf(jobs, inputs.environment),
      files: await mapLimited(found.downloads, parallelDownloads, (download) =>
        fetchScript(clients, download, host),
      ),
      notes: found.notes,
    };
  } finally {
    clients.destroy();
  }
}

function isWanted(name: string, globs: readonly string[]): boolean {
  return globs.length === 0 || globs.some((glob) => matchesName(name, glob));
}

function bucketOf(jobs: readonly LiveJob[], environment: string): string | undefined {
  const buckets = jobs.flatMap(({ scriptLocation }) => parseS3Uri(scriptLocation)?.bucket ?? []);
  const bucket = mostFrequent(buckets);
  return bucket === undefined ? undefined : withEnvironment(bucket, environment);
}

async function fetchScript(
  { s3 }: Clients,
  { uri, path }: LiveCandidates["downloads"][number],
  patience: Pick<Host, "clock" | "signal">,
): Promise<{ path: string; content: Uint8Array }> {
  const address = parseS3Uri(uri);
  const stored =
    address === undefined
      ? undefined
      : await getObject(s3, { name: address.bucket, owner: undefined }, address.key, patience);
  if (stored !== undefined) return { path, content: stored.bytes };
  throw new ToolkitError({
    code: "live-script-missing",
    message: `A job's script, ${uri}, is not in S3`,
    remedy: "Put the script into the repository under that file name, or leave the job out with --jobs.",
    source: "user",
  });
}

function noJobs(all: number, region: string): ToolkitError {
  return new ToolkitError({
    code: "no-live-jobs",
    message: `None of the ${all} Glue jobs in ${region} has a name that --jobs matches`,
    remedy: "Mend the globs, or choose another --region or other credentials.",
    source: "user",
  });
}
