import type { Bucket } from "../aws/objects.ts";

/** Where the runs of one environment keep what outlives them: in the scripts bucket, beside the release ledger. */
export interface RunFolder {
  readonly bucket: Bucket;
  /** `<scripts prefix>_runs/<environment>/` */
  readonly prefix: string;
}

/** The folder of an environment's runs: the lock, each workflow run's state, and what is kept of the last green run. */
export function runFolder(
  bucket: Bucket,
  place: { readonly prefix: string; readonly environment: string },
): RunFolder {
  return { bucket, prefix: `${place.prefix}_runs/${place.environment}/` };
}
