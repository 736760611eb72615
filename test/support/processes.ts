import { join } from "node:path";
import type { ActionName } from "./action.ts";

const root = join(import.meta.dirname, "../..");
/** Set by vitest where it measures coverage of child processes too. */
const measured = process.env["NODE_V8_COVERAGE"];

/** Where the coverage run has put each action's `main.ts`, two folders deep as it was, with the checker beside it. */
export const sourceActionFolder = (action: ActionName): string => join(root, ".cache", action);

/** The built action; its source where coverage is measured, which a minified bundle can't tell, and Node takes it. */
export const actionEntry = (action: ActionName, node = process.execPath): string =>
  measured === undefined || node !== process.execPath
    ? join(root, "actions", action, "dist/index.js")
    : join(sourceActionFolder(action), "main.ts");

/** What a child process needs to report its coverage. */
export const coverageEnvironment: Readonly<Record<string, string>> =
  measured === undefined ? {} : { NODE_V8_COVERAGE: measured };
