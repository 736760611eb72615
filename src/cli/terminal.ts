import { styleText } from "node:util";
import { type Paint, plainPaint } from "../base/paint.ts";

/** The part of a process's stream that the command line needs. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
  hasColors?(): boolean;
}

const style =
  (name: Parameters<typeof styleText>[0]) =>
  (text: string): string =>
    styleText(name, text, { validateStream: false });

const colored: Paint = {
  red: style("red"),
  yellow: style("yellow"),
  green: style("green"),
  cyan: style("cyan"),
  dim: style("dim"),
  bold: style("bold"),
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Colours for a terminal that has them. NO_COLOR turns them off anywhere, FORCE_COLOR and CLICOLOR_FORCE on, in a pipe
 * too; of both, NO_COLOR wins (no-color.org, bixense.com/clicolors).
 */
export function paintFor(output: Output, environment: Environment): Paint {
  return (wanted(environment) ?? (output.isTTY === true && output.hasColors?.() === true))
    ? colored
    : plainPaint;
}

function wanted(environment: Environment): boolean | undefined {
  const force = environment["FORCE_COLOR"];
  if (isSet(environment["NO_COLOR"]) || force === "0" || force === "false") return false;
  if (force !== undefined || isSet(environment["CLICOLOR_FORCE"])) return true;
  return undefined;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}
