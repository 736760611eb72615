import { runE2e } from "../../contract/run-e2e.ts";
import { defineCommand } from "../command.ts";
import { withoutGitHub } from "../contract-options.ts";

export const e2e = defineCommand({
  name: "e2e",
  summary: "run the pipeline end to end and check its data",
  description:
    "Looks everything up, cleans, runs the steps of the manifest's e2e part and writes reports that say what failed and why. Ctrl-C stops what this run has started, and nothing else.",
  contract: runE2e,
  preset: withoutGitHub,
  examples: [
    { command: "e2e --environment dev --confirm-clean dev", what: "everything, from clean buckets on" },
    { command: "e2e --environment dev --from-step silver --skip-clean", what: "go on after a fix" },
    { command: "e2e --environment dev --only check-counts", what: "one step alone, on the data as it is" },
    {
      command: 'e2e --environment dev --skip-clean --arguments="--day=2026-01-31"',
      what: "with an argument of this run",
    },
    {
      command: "e2e --environment dev --confirm-clean dev --expect-release current",
      what: "only if the jobs run the newest release",
    },
  ],
  run: async (host) => (await import("../../entries/run-e2e.ts")).runE2eEntry(host),
});
