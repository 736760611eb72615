import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { systemClock } from "../../src/base/clock.ts";
import { runE2e } from "../../src/contract/run-e2e.ts";
import { runAction } from "../../src/github/action.ts";
import { workflowLog } from "../../src/github/log.ts";

// A run of hundreds of steps makes garbage that dies young in small portions; room for it would triple the memory.
setFlagsFromString("--semi-space-growth-factor=1");

await runAction(runE2e, async (host) => {
  const { runE2eEntry } = await import("../../src/entries/run-e2e.ts");
  return runE2eEntry({
    ...host,
    environment: process.env,
    checkerFolder: join(import.meta.dirname, "checker"),
    progress: workflowLog,
    clock: systemClock,
  });
});
