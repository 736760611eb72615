import yoctoSpinner from "yocto-spinner";
import type { Paint } from "../base/paint.ts";
import type { Progress, ProgressEvent } from "../base/progress.ts";
import { type Output, printable } from "./terminal.ts";

export interface ProgressView {
  readonly progress: Progress;
  /** Clears the terminal's moving line. */
  readonly stop: () => void;
}

export interface ProgressOptions {
  readonly stderr: Output;
  readonly paint: Paint;
  /** Everything, calls to AWS included. */
  readonly verbose: boolean;
  /** Warnings alone. */
  readonly quiet: boolean;
  /** A moving line: on a terminal, and not in CI. */
  readonly moving: boolean;
}

/** What the result itself shows again on stdout. */
const shownLater: ReadonlySet<string> = new Set(["deploy.plan", "validate.finding"]);

/** Shows progress on stderr: one moving line on a terminal, a line an event in a pipe, warnings to stay on both. */
export function progressView(options: ProgressOptions): ProgressView {
  const { stderr, paint, verbose, quiet } = options;
  const spinner = options.moving && !quiet && !verbose ? yoctoSpinner({ stream: process.stderr }) : undefined;
  const line = (text: string): void => {
    spinner?.stop();
    stderr.write(printable(`${text}\n`));
  };
  const progress: Progress = (event) => {
    if (shownLater.has(event.code) || event.group === "end") return;
    const { level, message } = event;
    if (level === "warning") line(`${paint.yellow("warning:")} ${message}`);
    else if (level === "notice") line(`${paint.cyan("note:")} ${message}`);
    else if (level === "debug") verbose && line(paint.dim(message));
    else if (quiet) return;
    else if (spinner === undefined) line(paint.dim(message));
    else spinner.start(printable(withBar(event)));
  };
  return { progress, stop: () => void spinner?.stop() };
}

const barWidth = 20;

/** `████░░░░ 3/8 message` where an event counts; the message's first line alone elsewhere. */
export function withBar({ message, data }: ProgressEvent): string {
  const [first = ""] = message.split("\n");
  const { done, total } = data ?? {};
  if (typeof done !== "number" || typeof total !== "number" || total < 1) return first;
  const full = Math.round((barWidth * Math.min(done, total)) / total);
  return `${"█".repeat(full)}${"░".repeat(barWidth - full)} ${done}/${total} ${first}`;
}
