import * as z from "zod";
import { parseDuration } from "../base/duration.ts";
import { messageOf } from "../base/errors.ts";
import { parseGlueVersion } from "../base/glue-versions.ts";

/** One input of an action: text from a workflow file, parsed into `T`; undefined when it is empty. */
export interface Input<T> {
  readonly description: string;
  /** The default as action.yml shows it. */
  readonly default?: string;
  /** What a command line makes of it: a switch, or an option that may be repeated; else one value. */
  readonly kind?: "flag" | "list";
  /** Values allowed, where they are few. */
  readonly choices?: readonly string[];
  readonly parse: (text: string) => T;
}

type Described<T> = Omit<Input<T>, "description">;

/** Free text, trimmed. */
export function text(description: string, fallback?: string): Input<string | undefined> {
  return build(description, fallback, { parse: (value) => (value === "" ? undefined : value) });
}

/** Text that has a default, so that it is never missing. */
export function textWithDefault(description: string, fallback: string): Input<string> {
  return build(description, fallback, { parse: (value) => (value === "" ? fallback : value) });
}

/** One item per line; blank lines and comments (`#`) are left out. */
export function lines(description: string): Input<readonly string[]> {
  return build(description, undefined, {
    kind: "list",
    parse: (value) =>
      value
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "" && !line.startsWith("#")),
  });
}

/** Names separated by commas, spaces or line ends. */
export function names(description: string): Input<readonly string[]> {
  return build(description, undefined, {
    kind: "list",
    parse: (value) => value.split(/[\s,]+/).filter((name) => name !== ""),
  });
}

/** `true` or `false` in any case, as YAML 1.2's core schema has it; nothing else, since `yes` would be a guess. */
export function flag(description: string, fallback: boolean): Input<boolean> {
  const schema = z
    .string()
    .toLowerCase()
    .pipe(z.enum(["true", "false"]));
  return build(description, String(fallback), {
    kind: "flag",
    choices: ["true", "false"],
    parse: (value) => (value === "" ? fallback : schema.parse(value) === "true"),
  });
}

/** One of a few words. */
export function choice<const T extends string>(
  description: string,
  choices: readonly [T, ...T[]],
  fallback: T,
): Input<T> {
  return build(description, fallback, {
    choices,
    parse: (value) => (value === "" ? fallback : z.enum(choices).parse(value)),
  });
}

/** A duration such as `45m`, in milliseconds. */
export function duration(description: string, fallback?: string): Input<number | undefined> {
  return build(description, fallback, {
    parse: (value) =>
      value === "" ? (fallback === undefined ? undefined : parseDuration(fallback)) : parseDuration(value),
  });
}

/** A known Glue version such as `5.0`, or `5` for short; undefined when it is empty and has no default. */
export function glueVersion(description: string, fallback?: string): Input<string | undefined> {
  return build(description, fallback, {
    parse: (value) => (value === "" ? fallback : parseGlueVersion(value)),
  });
}

/** A whole number from 1 up; undefined when it is empty. */
export function wholeNumber(description: string): Input<number | undefined> {
  return build(description, undefined, {
    parse: (value) => {
      if (value === "") return undefined;
      if (!/^[1-9]\d{0,8}$/.test(value)) throw new Error("must be a whole number, 1 or more");
      return Number(value);
    },
  });
}

/** A number above 0, such as `1500` or `0.5`; undefined when it is empty. */
export function positiveNumber(description: string): Input<number | undefined> {
  return build(description, undefined, {
    parse: (value) => {
      if (value === "") return undefined;
      if (!/^\d{1,12}(?:\.\d{1,6})?$/.test(value) || Number(value) === 0) {
        throw new Error("must be a number above 0, such as 1500 or 0.5");
      }
      return Number(value);
    },
  });
}

/** Why `parse` refused a text, in words. */
export function refusal(input: Input<unknown>, thrown: unknown): string {
  if (input.choices) return `must be one of ${input.choices.join(", ")}`;
  return messageOf(thrown);
}

function build<T>(description: string, fallback: string | undefined, rest: Described<T>): Input<T> {
  return fallback === undefined ? { description, ...rest } : { description, default: fallback, ...rest };
}
