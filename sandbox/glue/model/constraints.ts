import type { Shape } from "./service-model.ts";

/** Values that real jobs hold although the model's minimum forbids them; the job's own rules judge them. */
const RELAXED_MINIMUM: Readonly<Record<string, number>> = { Timeout: 0 };

/** Patterns of botocore 1.44, for an interpreter whose botocore is older: GlueVersion `auto` is new there. */
const NEWER_PATTERN: Readonly<Record<string, string>> = { GlueVersionString: "^((\\w+\\.)+\\w+|auto)$" };

/**
 * What a value breaks of its shape's constraints, worded as AWS does ("Member must …").
 * Numbers are ranged by value; strings, lists and maps by length.
 */
export function brokenConstraints(shapeName: string, shape: Shape, value: unknown): string[] {
  if (typeof value === "number") return rangeBreaches(shapeName, shape, value);
  const length = lengthOf(value);
  const broken: string[] = [];
  if (length !== undefined && shape.min !== undefined && length < shape.min) {
    broken.push(`Member must have length greater than or equal to ${shape.min}`);
  }
  if (length !== undefined && shape.max !== undefined && length > shape.max) {
    broken.push(`Member must have length less than or equal to ${shape.max}`);
  }
  if (typeof value === "string") broken.push(...textBreaches(shapeName, shape, value));
  return broken;
}

function rangeBreaches(shapeName: string, shape: Shape, value: number): string[] {
  const min = RELAXED_MINIMUM[shapeName] ?? shape.min;
  if (min !== undefined && value < min) return [`Member must have value greater than or equal to ${min}`];
  if (shape.max !== undefined && value > shape.max) {
    return [`Member must have value less than or equal to ${shape.max}`];
  }
  return [];
}

function textBreaches(shapeName: string, shape: Shape, value: string): string[] {
  if (shape.enum && !shape.enum.includes(value)) {
    return [`Member must satisfy enum value set: [${shape.enum.join(", ")}]`];
  }
  const pattern = NEWER_PATTERN[shapeName] ?? shape.pattern;
  if (pattern && translate(pattern)?.test(value) === false) {
    return [`Member must satisfy regular expression pattern: ${pattern}`];
  }
  return [];
}

function lengthOf(value: unknown): number | undefined {
  if (typeof value === "string" || Array.isArray(value)) return value.length;
  return typeof value === "object" && value !== null ? Object.keys(value).length : undefined;
}

const translated = new Map<string, RegExp | undefined>();

/** Java's whole-string match as a JavaScript expression; undefined where the pattern does not carry over. */
function translate(pattern: string): RegExp | undefined {
  if (!translated.has(pattern)) translated.set(pattern, compile(pattern, "u") ?? compile(pattern, ""));
  return translated.get(pattern);
}

function compile(pattern: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`, flags);
  } catch {
    return undefined;
  }
}
