import { visibleText } from "./visible-text.ts";

/**
 * Lines for a log that GitHub's runner reads: none of them is a workflow command. The runner takes `::` at a line's start,
 * white space skipped, and `##[` anywhere in it (actions/runner, ActionCommand.cs).
 */
export function withoutCommands(text: string): string {
  return text.replaceAll(/^(\s*:)(?=:)/gm, "$1\u200b").replaceAll("##[", "##\u200b[");
}

/** Text of any origin for such a log: nothing unseen, and no command. */
export function logText(text: string): string {
  return withoutCommands(visibleText(text));
}

/** A JSON document for such a log: the same value, and no command. */
export function logJson(json: string): string {
  return json.replaceAll("##[", "##\\u005b");
}
