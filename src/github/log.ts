import * as core from "@actions/core";
import { logText } from "../base/log-text.ts";
import type { Progress, ProgressEvent } from "../base/progress.ts";

const write: Readonly<Record<ProgressEvent["level"], (message: string) => void>> = {
  debug: core.debug,
  info: core.info,
  notice: core.notice,
  warning: core.warning,
};

/** A progress sink that speaks the runner's workflow commands, and lets no message speak them; debug events show under the runner's debug logging. */
export const workflowLog: Progress = (event) => {
  if (event.level === "debug" && !core.isDebug()) return;
  if (event.group === "end") core.endGroup();
  else if (event.group === "start") core.startGroup(logText(event.message));
  else write[event.level](logText(event.message));
};
