import { sentence } from "../base/errors.ts";
import type { ApiFailure } from "./api-errors.ts";
import { apiFailure } from "./api-errors.ts";
import type { GitHubContext } from "./context.ts";

/** Why something is missing on GitHub, in one line. */
export interface MissingReport {
  /** `info` for what is as it should be, such as a fork's read-only token. */
  readonly level: "info" | "warning";
  readonly message: string;
}

/**
 * Says in one line why GitHub has no comment, suggestion or deployment of this run. None of these is a reason to fail:
 * what was validated or deployed is as good without.
 * @param what e.g. `comment`
 * @param permission what the job's token would need, e.g. `pull-requests: write`
 */
export function explainMissing(
  what: string,
  permission: string,
  thrown: unknown,
  context: Pick<GitHubContext, "fromFork" | "actor">,
): MissingReport {
  const failure = apiFailure(thrown);
  if (failure.status === 403 && !failure.rateLimited) return refused(what, permission, context);
  return { level: "warning", message: `No ${what}: ${reason(failure, permission)}` };
}

function refused(
  what: string,
  permission: string,
  { fromFork, actor }: Pick<GitHubContext, "fromFork" | "actor">,
): MissingReport {
  const elsewhere = "What it would say is in the annotations and in this summary.";
  if (fromFork) {
    return {
      level: "info",
      message: `No ${what}: the pull request comes from a fork, whose token may only read. ${elsewhere}`,
    };
  }
  if (actor === "dependabot[bot]") {
    return {
      level: "info",
      message: `No ${what}: the token of a run that Dependabot started may only read. ${elsewhere}`,
    };
  }
  return {
    level: "info",
    message: `No ${what}: the token may not write it. Give the job \`${permission}\` to have it. ${elsewhere}`,
  };
}

function reason({ status, message, rateLimited }: ApiFailure, permission: string): string {
  if (rateLimited) return "GitHub's rate limit didn't lift in time.";
  if (status === undefined || status >= 500) {
    return `GitHub's API didn't answer as it should (${status ?? "no answer"}: ${message}).`;
  }
  if (status === 401) return "GitHub doesn't know the token in github-token, or it has expired.";
  if (status === 404) {
    return `GitHub shows the token no such thing (404): it may lack \`${permission}\`, or belong to another repository.`;
  }
  return `GitHub refused it (${status}): ${sentence(message)}`;
}
