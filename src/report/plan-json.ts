import { redactSecrets } from "../base/redact.ts";
import { planDigest } from "../deploy/plan-file.ts";
import type { DeployResult } from "../deploy/result.ts";

/**
 * A plan and what became of it as a JSON document (version 1 of its format), ending in a line break. The digest of the
 * plan tells a file that was edited; see `parsePlanFile`.
 */
export function planJson(result: DeployResult): string {
  const { plan, failure, releaseId, releaseUri } = result;
  const shown = redactSecrets(plan);
  const document = {
    version: 1,
    result: result.result,
    releaseId: releaseId ?? null,
    releaseUri: releaseUri ?? null,
    failure: failure ?? null,
    warnings: result.warnings,
    digest: planDigest(shown),
    plan: shown,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
