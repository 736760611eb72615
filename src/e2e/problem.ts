import { messageOf, ToolkitError, ToolkitErrors } from "../base/errors.ts";
import { plainText } from "../base/plain-text.ts";
import type { Problem } from "./result.ts";

/** Anything thrown as problems of a result; texts that services wrote are masked and cut. */
export function problemsOf(thrown: unknown, step?: string): Problem[] {
  if (thrown instanceof ToolkitErrors) return thrown.errors.map((error) => problemOf(error, step));
  return [problemOf(thrown, step)];
}

function problemOf(thrown: unknown, step: string | undefined): Problem {
  const named = step === undefined ? {} : { step };
  if (!(thrown instanceof ToolkitError)) {
    return {
      severity: "error",
      code: "internal-error",
      ...named,
      message: plainText(messageOf(thrown)),
      remedy: "This is a defect of the toolkit: please report it with the debug log of the run.",
      facts: {},
    };
  }
  const { path, line, key } = thrown.location ?? {};
  return {
    severity: "error",
    code: thrown.code,
    ...named,
    message: plainText(thrown.message),
    remedy: thrown.remedy,
    facts: {},
    ...(path === undefined
      ? {}
      : {
          location: { path, ...(line === undefined ? {} : { line }), ...(key === undefined ? {} : { key }) },
        }),
  };
}
