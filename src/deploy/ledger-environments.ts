import { listFolders } from "../aws/prefixes.ts";
import type { LedgerPlace } from "./ledger.ts";

/**
 * Names of all environments that keep a ledger below the prefix, in order: they share the scripts' keys.
 * @throws ToolkitError
 */
export async function ledgerEnvironments(place: LedgerPlace): Promise<readonly string[]> {
  const folders = await listFolders(
    place.clients.s3,
    place.bucket,
    `${place.prefix}_releases/`,
    place.signal,
  );
  return folders.toSorted();
}
