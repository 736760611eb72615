import { init as contract } from "../../contract/init.ts";
import { defineCommand } from "../command.ts";

export const init = defineCommand({
  name: "init",
  summary: "write a manifest and the workflows",
  description:
    "Writes glue-pipeline.yml from the repository's scripts (no AWS needed) or from the account's live jobs, and the workflows that check pull requests, deploy and roll back. Nothing that is there is overwritten.",
  contract,
  examples: [
    { command: "init --scripts glue_jobs", what: "one job for each script in a folder" },
    {
      command: "init --scripts glue_jobs --name datalake --job-name 'acme-${key}-${environment}'",
      what: "say how the jobs are called",
    },
    {
      command: "init --from jobs --jobs 'datalake-*-dev' --environment dev",
      what: "the live jobs of that name; scripts that the repository lacks are downloaded",
    },
  ],
  run: async (host) => (await import("../../entries/init.ts")).initEntry(host),
});
