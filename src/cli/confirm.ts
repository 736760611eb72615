import { createInterface } from "node:readline/promises";
import { type Output, printable } from "./terminal.ts";

/**
 * A question to the person at the terminal; only `y` or `yes` is consent. Undefined where nobody can answer: input or
 * output is no terminal, or this is CI.
 */
export function confirmOn(
  stdin: (NodeJS.ReadableStream & { readonly isTTY?: boolean }) | undefined,
  stderr: Output,
  environment: NodeJS.ProcessEnv,
  before: () => void,
): ((question: string) => Promise<boolean>) | undefined {
  if (stdin?.isTTY !== true || stderr.isTTY !== true || environment["CI"]) return undefined;
  return async (question) => {
    before();
    stderr.write(printable(`${question} [y/N] `));
    const answers = createInterface({ input: stdin });
    try {
      for await (const line of answers) return /^\s*y(?:es)?\s*$/i.test(line);
      return false;
    } finally {
      answers.close();
    }
  };
}
