import { within } from "../base/deadline.ts";
import { messageOf } from "../base/errors.ts";
import { knownProblem } from "./causes.ts";
import type { Problem } from "./result.ts";
import type { RunBase } from "./run-base.ts";

/** What is done for something that is over, such as stopping what it started, may take this long, in milliseconds. */
export const aftermath = 30_000;

/** Something that a step started, and how a person stops it. */
export interface Started {
  readonly what: string;
  /** A command of the AWS CLI. */
  readonly command: string;
}

/** Stops what a step has started, whatever became of the run's own time; where that fails it is named as still running. */
export async function stopStarted(
  { clock, manifest }: Pick<RunBase, "clock" | "manifest">,
  { what, command }: Started,
  stop: (signal: AbortSignal) => Promise<void>,
): Promise<readonly Problem[]> {
  try {
    await within(clock, { what: `stopping ${what}`, milliseconds: aftermath }, stop);
    return [];
  } catch (thrown) {
    const facts = {
      what,
      command: `${command} --region ${manifest.environment.region}`,
      error: messageOf(thrown),
    };
    return [knownProblem("left-running", facts)];
  }
}
