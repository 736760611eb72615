import { redactSecrets } from "../base/redact.ts";
import { planDigest } from "../deploy/plan-file.ts";
import type { DeployResult } from "../deploy/result.ts";
import type { ValidationResult } from "../validate/validate.ts";
import { findingsJson } from "./findings-json.ts";

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

/** The same document for a deploy that validation refused: there is no plan, and `findings` holds the findings file. */
export function refusedJson(validation: ValidationResult): string {
  const document = {
    version: 1,
    result: "failed",
    releaseId: null,
    releaseUri: null,
    failure: {
      code: "validation-failed",
      message: `Validation found ${validation.counts.errors} error(s); nothing was uploaded`,
      remedy: "Mend the findings, then deploy again.",
    },
    warnings: [],
    digest: null,
    plan: null,
    findings: JSON.parse(findingsJson(validation)) as unknown,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
