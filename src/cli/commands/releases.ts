import { diffReleases, listReleases, pruneReleases } from "../../contract/releases.ts";
import { defineCommand } from "../command.ts";

export const releasesList = defineCommand({
  name: "releases list",
  summary: "list the releases of an environment, newest first",
  description: "Lists releases with their status: applied, rolled-back (undone) or pending.",
  contract: listReleases,
  examples: [
    { command: "releases list --environment dev", what: "the newest twenty" },
    { command: "releases list --environment dev --limit 5 --json", what: "as JSON" },
  ],
  run: async (host) => (await import("../../entries/releases.ts")).listReleasesEntry(host),
});

export const releasesDiff = defineCommand({
  name: "releases diff",
  summary: "show what differs between two releases",
  description:
    "Compares the states after two applied releases: where each job points, and the scripts' text.",
  contract: diffReleases,
  positional: [
    { input: "from", shown: "from", required: true },
    { input: "to", shown: "to", required: true },
  ],
  examples: [
    {
      command:
        "releases diff 20251105T180309Z-3f2a9c81b0de-17 20251106T090112Z-9be01c77d2aa-18 --environment dev",
      what: "from the older to the newer",
    },
  ],
  run: async (host) => (await import("../../entries/releases.ts")).diffReleasesEntry(host),
});

export const releasesPrune = defineCommand({
  name: "releases prune",
  summary: "delete old releases and the scripts that only they used",
  description:
    "Keeps the newest applied releases, the newest two that changed each job, and every script and library that a kept release, a live job or a run in flight uses. Releases are deleted some hundreds at a time, until none is left to delete.",
  contract: pruneReleases,
  examples: [
    { command: "releases prune --environment dev --keep 20 --dry-run", what: "what would be deleted" },
    { command: "releases prune --environment dev --keep 20", what: "delete it" },
  ],
  run: async (host) => (await import("../../entries/prune-releases.ts")).pruneReleasesEntry(host),
});
