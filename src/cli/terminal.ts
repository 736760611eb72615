import { styleText } from "node:util";
import { withoutCommands } from "../base/log-text.ts";
import { type Paint, plainPaint } from "../base/paint.ts";
import { visibleText } from "../base/visible-text.ts";

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

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences of `colored`, alone
const ownColors = /(\u001b\[(?:31|33|32|36|39|1|2|22)m)/;

/**
 * Painted text as it may go to a terminal, or to the log of a workflow that runs the command line: only our own colours have
 * an effect, whatever names and messages stand in it.
 */
export function printable(text: string): string {
  const parts = text.split(ownColors);
  return withoutCommands(parts.map((part, index) => (index % 2 === 1 ? part : visibleText(part))).join(""));
}

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
