import * as core from "@actions/core";
import type { Progress, ProgressEvent } from "../base/progress.ts";

const write: Readonly<Record<ProgressEvent["level"], (message: string) => void>> = {
  debug: core.debug,
  info: core.info,
  notice: core.notice,
  warning: core.warning,
};

/** A progress sink that speaks the runner's workflow commands; debug events show under the runner's debug logging. */
export const workflowLog: Progress = (event) => {
  if (event.level === "debug" && !core.isDebug()) return;
  if (event.group === "end") core.endGroup();
  else if (event.group === "start") core.startGroup(event.message);
  else write[event.level](event.message);
};
