import { join } from "node:path";
import { systemClock } from "../../src/base/clock.ts";
import { validateGlue } from "../../src/contract/validate-glue.ts";
import { runAction } from "../../src/github/action.ts";
import { workflowLog } from "../../src/github/log.ts";

await runAction(validateGlue, async (host) => {
  const { validateGlueEntry } = await import("../../src/entries/validate-glue.ts");
  return validateGlueEntry({
    ...host,
    environment: process.env,
    checkerFolder: join(import.meta.dirname, "checker"),
    progress: workflowLog,
    clock: systemClock,
  });
});
