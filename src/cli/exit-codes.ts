import { ToolkitError } from "../base/errors.ts";

/** What each exit code means, as `--help` and docs/cli.md say it. */
export const exitCodes = {
  success: 0,
  failed: 1,
  usage: 2,
  aws: 3,
  internal: 70,
  interrupted: 130,
  terminated: 143,
} as const;

export const exitCodeMeanings: readonly (readonly [code: number, meaning: string])[] = [
  [exitCodes.success, "the result is success"],
  [
    exitCodes.failed,
    "it ran, and the result is not success: findings, a blocked or undone deploy, a failed step",
  ],
  [exitCodes.usage, "it did not start: a wrong command or option, a bad manifest, the wrong account"],
  [exitCodes.aws, "AWS refused or could not be reached"],
  [exitCodes.internal, "a defect of the toolkit"],
  [exitCodes.interrupted, "stopped by Ctrl-C, after what it had begun was undone or stopped"],
  [exitCodes.terminated, "stopped by SIGTERM, likewise"],
];

/** The exit code of an error that ended a command. */
export function exitCodeOf(thrown: unknown): number {
  if (!(thrown instanceof ToolkitError)) return exitCodes.internal;
  return { user: exitCodes.usage, aws: exitCodes.aws, internal: exitCodes.internal }[thrown.source];
}
