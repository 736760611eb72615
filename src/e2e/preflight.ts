import { mapLimited } from "../base/limit.ts";
import type { Check, Intent } from "./check.ts";
import { checkActiveRuns } from "./checks/active-runs.ts";
import { checkCatalog } from "./checks/catalog.ts";
import { checkClean } from "./checks/clean.ts";
import { checkGlue } from "./checks/glue.ts";
import { checkIntent } from "./checks/intent.ts";
import { checkPermissions } from "./checks/permissions.ts";
import { checkRelease } from "./checks/release.ts";
import { checkStorage } from "./checks/storage.ts";
import type { RunContext } from "./context.ts";
import { problemsOf } from "./problem.ts";
import type { Problem } from "./result.ts";

const checks: readonly Check[] = [
  checkIntent,
  checkStorage,
  checkGlue,
  checkCatalog,
  checkClean,
  checkRelease,
  checkPermissions,
  checkActiveRuns,
];

/** Finds what would stop the run or make it lie, before anything is touched. Errors first. */
export async function preflight(context: RunContext, intent: Intent): Promise<readonly Problem[]> {
  const found = await mapLimited(checks, checks.length, async (check) => {
    try {
      return await check(context, intent);
    } catch (thrown) {
      return context.signal.aborted ? [] : problemsOf(thrown);
    }
  });
  return found.flat().sort((a, b) => Number(b.severity === "error") - Number(a.severity === "error"));
}
