import { redactSecrets } from "../base/redact.ts";
import type { DeployResult } from "../deploy/result.ts";

/** A plan and what became of it as a JSON document (version 1 of its format), ending in a line break. */
export function planJson(result: DeployResult): string {
  const { plan, failure, releaseId, releaseUri } = result;
  const document = {
    version: 1,
    result: result.result,
    releaseId: releaseId ?? null,
    releaseUri: releaseUri ?? null,
    failure: failure ?? null,
    warnings: result.warnings,
    plan,
  };
  return `${JSON.stringify(redactSecrets(document), null, 2)}\n`;
}
