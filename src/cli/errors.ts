import * as z from "zod";
import { formatLocation, messageOf, sentence, ToolkitError, ToolkitErrors } from "../base/errors.ts";
import type { Paint } from "../base/paint.ts";
import { plainText } from "../base/plain-text.ts";

/** The JSON document of a command that could not run. */
export const errorsDocumentSchema = z.strictObject({
  version: z.literal(1),
  errors: z.array(
    z.strictObject({
      code: z.string(),
      message: z.string(),
      remedy: z.string(),
      source: z.enum(["user", "aws", "internal"]),
      path: z.string().optional(),
      line: z.number().int().optional(),
      key: z.string().optional(),
    }),
  ),
});

type ErrorsDocument = z.infer<typeof errorsDocumentSchema>;

const defectRemedy = "This is a defect of the toolkit: please report it.";

/** Every error of what was thrown, as JSON has it. */
export function errorsDocument(thrown: unknown): ErrorsDocument {
  return {
    version: 1,
    errors: list(thrown).map((error) => {
      if (!(error instanceof ToolkitError)) {
        return {
          code: "internal-error",
          message: plainText(messageOf(error)),
          remedy: defectRemedy,
          source: "internal",
        };
      }
      const { code, message, remedy, source, location } = error;
      return { code, message, remedy, source, ...location };
    }),
  };
}

/** The same for people: `error: path:line (key): what is wrong. How to mend it. [code]`, a line each. */
export function errorsText(thrown: unknown, paint: Paint): string {
  return list(thrown)
    .map((error) => errorLines(error, paint))
    .join("\n");
}

function errorLines(error: unknown, paint: Paint): string {
  if (!(error instanceof ToolkitError)) {
    const stack = error instanceof Error ? `\n${paint.dim(error.stack ?? "")}` : "";
    return `${paint.red("error:")} ${messageOf(error)}. ${defectRemedy}${stack}`;
  }
  const where = formatLocation(error.location);
  const message = `${where === "" ? "" : `${where}: `}${sentence(error.message)}`;
  return `${paint.red("error:")} ${message} ${paint.dim(`[${error.code}]`)}\n${paint.cyan("mend:")} ${error.remedy}`;
}

function list(thrown: unknown): readonly unknown[] {
  return thrown instanceof ToolkitErrors ? thrown.errors : [thrown];
}
