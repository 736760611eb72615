import { join } from "node:path";
import { systemClock } from "../../src/base/clock.ts";
import { keepYoungGenerationSmall } from "../../src/base/young-generation.ts";
import { deployGlue } from "../../src/contract/deploy-glue.ts";
import { runAction } from "../../src/github/action.ts";
import { workflowLog } from "../../src/github/log.ts";

await runAction(deployGlue, async (host) => {
  keepYoungGenerationSmall();
  const { deployGlueEntry } = await import("../../src/entries/deploy-glue.ts");
  return deployGlueEntry({
    ...host,
    environment: process.env,
    checkerFolder: join(import.meta.dirname, "checker"),
    progress: workflowLog,
    clock: systemClock,
  });
});
