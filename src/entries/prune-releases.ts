import { ToolkitError } from "../base/errors.ts";
import { plural } from "../base/plural.ts";
import type { PruneReleasesInputs } from "../contract/releases.ts";
import { withLock } from "../deploy/lock.ts";
import type { Place, Provenance } from "../deploy/place.ts";
import { type Pruned, prune } from "../deploy/prune.ts";
import { pruneWarnings } from "../deploy/prune-after.ts";
import type { PruneDocument } from "../report/releases-documents.ts";
import { pruneText } from "../report/releases-text.ts";
import { type CommandOutcome, jsonText } from "./command.ts";
import type { EntryHost } from "./host.ts";
import { unknownCommit } from "./provenance.ts";
import { withPlace } from "./releases.ts";
import { localRunId } from "./run-id.ts";

/** Deletes old releases of an environment, batch after batch. */
export function pruneReleasesEntry(host: EntryHost<PruneReleasesInputs>): Promise<CommandOutcome> {
  const { keep } = host.inputs;
  if (keep === undefined) throw keepNeeded();
  return withPlace(host, async (place) => {
    const { context, clock, inputs } = host;
    const by: Provenance = {
      commit: context.commit ?? unknownCommit,
      repository: context.repository ?? "local",
      runId: context.runId ?? localRunId(clock),
      runUrl: context.runUrl,
      actor: context.actor,
    };
    const dryRun = inputs["dry-run"];
    const pruned = await withLock(place, by, (lock) => pruneAll(place, by, lock, { keep, dryRun }));
    const document: PruneDocument = {
      version: 1,
      environment: place.environment,
      dryRun,
      releases: [...pruned.releases],
      keys: [...pruned.keys],
      inUse: [...pruned.inUse],
      failed: [...pruned.failed],
      warnings: [...pruneWarnings(pruned)],
    };
    const views = { text: () => pruneText(document), json: () => jsonText(document) };
    if (pruned.failed.length === 0) return { views };
    return { views, failure: `${plural(pruned.failed.length, "object")} could not be deleted.` };
  });
}

/** One batch after another, until one finds nothing more; a dry run looks at everything at once. */
async function pruneAll(
  place: Place,
  by: Provenance,
  lock: Parameters<typeof prune>[3],
  { keep, dryRun }: { readonly keep: number; readonly dryRun: boolean },
): Promise<Pruned> {
  let total: Pruned | undefined;
  for (;;) {
    const options = dryRun ? { dryRun, most: Number.POSITIVE_INFINITY } : {};
    const batch = await prune(place, keep, by, lock, options);
    total =
      total === undefined
        ? batch
        : {
            ...batch,
            releases: [...total.releases, ...batch.releases],
            keys: [...total.keys, ...batch.keys],
          };
    const { releases } = batch;
    place.progress({
      code: "deploy.pruned",
      level: "info",
      message: `${dryRun ? "Would delete" : "Deleted"} ${plural(total.releases.length, "release")} and ${plural(total.keys.length, "script")}`,
    });
    if (!batch.more || releases.length === 0) return total;
  }
}

function keepNeeded(): ToolkitError {
  return new ToolkitError({
    code: "keep-needed",
    message: "releases prune takes --keep",
    remedy: "Say how many releases to keep, such as --keep 20; --dry-run shows what would be deleted.",
    source: "user",
  });
}
