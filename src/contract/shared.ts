import * as z from "zod";
import { text, textWithDefault } from "./input.ts";

/** Inputs that all three actions have in common. */
export const manifest = textWithDefault("Path of the manifest", "glue-pipeline.yml");
export const environment = text("Environment of the manifest; may be left out where it has only one");

/** An output that is any text. */
export function textOutput(description: string): { description: string; schema: z.ZodString } {
  return { description, schema: z.string() };
}

/** An output that is a whole number. */
export function countOutput(description: string): { description: string; schema: z.ZodType<string> } {
  return { description, schema: z.string().regex(/^\d+$/) };
}
