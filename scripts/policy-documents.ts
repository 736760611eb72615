import { join } from "node:path";
import { policyFor } from "../src/deploy/policy/policy.ts";
import type { PolicyMode } from "../src/deploy/policy/subject.ts";
import { trustPolicy } from "../src/deploy/policy/trust-policy.ts";
import { loadManifest } from "../src/manifest/load.ts";

const modes: readonly PolicyMode[] = ["plan", "deploy", "rollback", "e2e"];

/** Sections of docs/permissions.md: the policies of the example's manifest, by the section's name. */
export async function policySections(root: string): Promise<Readonly<Record<string, string>>> {
  const manifest = await loadManifest({
    workspace: join(root, "examples/medallion"),
    path: "glue-pipeline.yml",
    environment: "dev",
  });
  const account = manifest.environment.account ?? "";
  const roles = [`arn:aws:iam::${account}:role/datalake-pipeline-glue-job-dev`];
  const subject = { manifest, account, roles };
  const pruning = policyFor("deploy", { ...subject, prunes: true }).Statement.filter(({ Sid }) =>
    ["PruneScripts", "SeeEveryJob"].includes(Sid),
  );
  const trust = trustPolicy({ account, repository: "acme/datalake", environment: "dev" });
  return {
    ...Object.fromEntries(modes.map((mode) => [`policy-${mode}`, fenced(policyFor(mode, subject))])),
    "policy-prune": fenced(pruning),
    "policy-trust": fenced(trust),
  };
}

function fenced(document: unknown): string {
  return `\`\`\`json\n${JSON.stringify(document, null, 2)}\n\`\`\``;
}
