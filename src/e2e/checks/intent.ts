import { assertAccount, callerIdentity } from "../../aws/identity.ts";
import { s3Uri } from "../../aws/objects.ts";
import { literalPrefix } from "../../base/glob.ts";
import { inspectPath } from "../../scripts/safe-path.ts";
import { knownProblem } from "../causes.ts";
import { at, type Check, selectedSteps } from "../check.ts";
import type { Problem } from "../result.ts";

/** What can be judged without a look at the resources: account, confirmation, input files, what clean leaves standing. */
export const checkIntent: Check = async (context, intent) => {
  const { manifest, clients, signal } = context;
  assertAccount(
    await callerIdentity(clients.sts, signal),
    manifest.environment.account,
    manifest.environment.name,
  );
  const problems: Problem[] = [];
  const { clean, bookmarks } = context.e2e;
  const confirmed = intent.confirmClean === manifest.environment.name;
  if (!intent.skipClean && clean.length + bookmarks.length > 0 && !confirmed) {
    const facts = { environment: manifest.environment.name, given: intent.confirmClean ?? "" };
    problems.push(knownProblem("confirm-clean", facts));
  }
  for (const { key, file, line } of selectedSteps(context, intent, "upload")) {
    if ((await inspectPath(context.workspace, file)).kind === "file") continue;
    problems.push(knownProblem("input-missing", { step: key, file }, { step: key, ...at(context, line) }));
  }
  if (clean.length === 0) return problems;
  for (const { key, bucket, pattern, line } of selectedSteps(context, intent, "expect")) {
    const prefix = literalPrefix(pattern);
    if (clean.some((target) => target.bucket === bucket && prefix.startsWith(target.prefix))) continue;
    const folder = prefix.slice(0, prefix.lastIndexOf("/") + 1);
    problems.push(
      knownProblem(
        "clean-misses-output",
        { step: key, uri: s3Uri(bucket, folder) },
        { severity: "warning", step: key, ...at(context, line) },
      ),
    );
  }
  return problems;
};
