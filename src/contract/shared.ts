import * as z from "zod";
import { choice, flag, type Input, text, textWithDefault } from "./input.ts";

/** Inputs that all three actions have in common. */
export const manifest = textWithDefault("Path of the manifest", "glue-pipeline.yml");
export const environment = text("Environment of the manifest; may be left out where it has only one");

/** The input that keeps a pull request's comment, or keeps it away. */
export function commentInput(what: string): Input<"auto" | "never"> {
  const description = `auto keeps one comment on the pull request up to date with ${what}; needs pull-requests: write, and where that is missing says so and goes on`;
  return choice(description, ["auto", "never"], "auto");
}

export const githubToken: Input<string | undefined> = {
  ...text("Token for GitHub's API; the job's own as it is"),
  default: "${{ github.token }}",
};

export const pythonStrict = flag(
  "Fail where a job's own Python is not installed, instead of checking with the nearest one",
  false,
);

/** An output that is any text. */
export function textOutput(description: string): { description: string; schema: z.ZodString } {
  return { description, schema: z.string() };
}

/** An output that is a whole number. */
export function countOutput(description: string): { description: string; schema: z.ZodType<string> } {
  return { description, schema: z.string().regex(/^\d+$/) };
}
