import { defineInputs, type Inputs } from "./action.ts";
import { flag, text, wholeNumber } from "./input.ts";
import { environment, manifest } from "./shared.ts";

export const listReleases = defineInputs({
  id: "releases list",
  inputs: {
    manifest,
    environment,
    limit: wholeNumber("How many to show, newest first; 20 when left out"),
  },
});

export const diffReleases = defineInputs({
  id: "releases diff",
  inputs: {
    manifest,
    environment,
    from: text("Release to compare: its id, or the beginning of its id or of its commit"),
    to: text("Release to compare it with, named in the same way"),
  },
});

export const pruneReleases = defineInputs({
  id: "releases prune",
  inputs: {
    manifest,
    environment,
    keep: wholeNumber("How many applied releases to keep, 1 or more"),
    "dry-run": flag("Show what would be deleted, and delete nothing", false),
  },
});

export type PruneReleasesInputs = Inputs<typeof pruneReleases>;
export type ListReleasesInputs = Inputs<typeof listReleases>;
export type DiffReleasesInputs = Inputs<typeof diffReleases>;
