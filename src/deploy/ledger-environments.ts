import { listObjects } from "../aws/prefixes.ts";
import type { LedgerPlace } from "./ledger.ts";

/**
 * Names of all environments that keep a ledger below the prefix, in order: they share the scripts' keys.
 * @throws ToolkitError
 */
export async function ledgerEnvironments(place: LedgerPlace): Promise<readonly string[]> {
  const folder = `${place.prefix}_releases/`;
  const names = new Set<string>();
  for await (const { key } of listObjects(place.clients.s3, place.bucket, folder, place.signal)) {
    const name = /^([^/]+)\/[^/]+$/.exec(key.slice(folder.length))?.[1];
    if (name !== undefined) names.add(name);
  }
  return [...names].sort();
}
