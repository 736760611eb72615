import { policy as contract } from "../../contract/policy.ts";
import { defineCommand } from "../command.ts";

export const policy = defineCommand({
  name: "policy",
  summary: "print the IAM policy that a mode needs, and no more",
  description:
    "Prints the policy of plan, deploy, rollback or e2e for your manifest, or with trust who may assume the role. The output is the document itself, for aws iam or Terraform.",
  contract,
  positional: [{ input: "mode", shown: "mode" }],
  examples: [
    { command: "policy deploy --environment dev > deploy.json", what: "roles are read from the live jobs" },
    {
      command: "policy deploy --environment dev --roles arn:aws:iam::123456789012:role/glue-jobs",
      what: "needs no AWS, where the manifest names its account",
    },
    { command: "policy trust --environment dev --repository acme/datalake", what: "who may assume the role" },
  ],
  run: async (host) => (await import("../../entries/policy.ts")).policyEntry(host),
});
