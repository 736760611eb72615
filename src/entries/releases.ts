import { createClients } from "../aws/clients.ts";
import { assertAccount, callerIdentity } from "../aws/identity.ts";
import { ToolkitError } from "../base/errors.ts";
import type { DiffReleasesInputs, ListReleasesInputs, PruneReleasesInputs } from "../contract/releases.ts";
import { type Place, placeOf } from "../deploy/place.ts";
import { diffReleases } from "../deploy/release-diff.ts";
import { findRelease } from "../deploy/release-ids.ts";
import { listReleases } from "../deploy/releases-list.ts";
import { loadManifest } from "../manifest/load.ts";
import type { ReleaseDiffDocument, ReleasesDocument } from "../report/releases-documents.ts";
import { releaseDiffText, releasesText } from "../report/releases-text.ts";
import { type CommandOutcome, jsonText } from "./command.ts";
import type { EntryHost } from "./host.ts";
import { version } from "./version.ts";

const shownReleases = 20;

/** The newest releases of an environment. */
export function listReleasesEntry(host: EntryHost<ListReleasesInputs>): Promise<CommandOutcome> {
  return withPlace(host, async (place) => {
    const releases = await listReleases(place, host.inputs.limit ?? shownReleases);
    const document: ReleasesDocument = {
      version: 1,
      environment: place.environment,
      releases: [...releases],
    };
    return { views: { text: (paint) => releasesText(document, paint), json: () => jsonText(document) } };
  });
}

/** What differs between the states after two releases. */
export function diffReleasesEntry(host: EntryHost<DiffReleasesInputs>): Promise<CommandOutcome> {
  const { inputs } = host;
  if (inputs.from === undefined || inputs.to === undefined) throw twoNeeded();
  const shortened = [inputs.from, inputs.to] as const;
  return withPlace(host, async (place) => {
    const [from, to] = [await findRelease(place, shortened[0]), await findRelease(place, shortened[1])];
    const jobs = await diffReleases(place, from, to);
    const document: ReleaseDiffDocument = {
      version: 1,
      environment: place.environment,
      from,
      to,
      jobs: [...jobs],
    };
    return { views: { text: (paint) => releaseDiffText(document, paint), json: () => jsonText(document) } };
  });
}

/** Opens the ledger of the environment that the inputs name. */
export async function withPlace(
  host: EntryHost<ListReleasesInputs | DiffReleasesInputs | PruneReleasesInputs>,
  work: (place: Place) => Promise<CommandOutcome>,
): Promise<CommandOutcome> {
  const { inputs, context, progress, clock, signal } = host;
  const manifest = await loadManifest({
    workspace: context.workspace,
    path: inputs.manifest,
    environment: inputs.environment,
  });
  const clients = createClients({
    region: manifest.environment.region,
    progress,
    userAgent: `glue-deploy-toolkit/${version}`,
  });
  try {
    const place = placeOf({ manifest, clients, clock, signal, progress });
    assertAccount(await callerIdentity(clients.sts, signal), manifest.environment.account, place.environment);
    return await work(place);
  } finally {
    clients.destroy();
  }
}

function twoNeeded(): ToolkitError {
  return new ToolkitError({
    code: "two-releases-needed",
    message: "A diff takes two releases",
    remedy: "Name two ids; `glue-toolkit releases list` shows them.",
    source: "user",
  });
}
