import { join } from "node:path";
import { systemClock } from "../../src/base/clock.ts";
import { validateGlue } from "../../src/contract/validate-glue.ts";
import { validateGlueEntry } from "../../src/entries/validate-glue.ts";
import { runAction } from "../../src/github/action.ts";
import { workflowLog } from "../../src/github/log.ts";

await runAction(validateGlue, (host) =>
  validateGlueEntry({
    ...host,
    environment: process.env,
    checkerFolder: join(import.meta.dirname, "checker"),
    progress: workflowLog,
    clock: systemClock,
  }),
);
