import * as z from "zod";
import { mostErrors, ToolkitError } from "../base/errors.ts";
import { didYouMean } from "../base/nearest.ts";
import { stepKinds } from "./e2e-schema.ts";
import { manifestSchema } from "./schema.ts";
import type { KeyPath, YamlSource } from "./source.ts";

type Issue = z.core.$ZodIssue;

/** One error per problem that zod found, each at its key and line of the file. */
export function manifestErrors(source: YamlSource, issues: readonly Issue[]): ToolkitError[] {
  return issues.slice(0, mostErrors).flatMap((issue) => errorsOf(source, issue, []));
}

/** An error at a key of the manifest. */
export function manifestError(
  source: YamlSource,
  path: KeyPath,
  message: string,
  remedy?: string,
): ToolkitError {
  const line = source.lineOf(path);
  return new ToolkitError({
    code: "manifest-invalid",
    message,
    remedy:
      remedy ?? "Mend this key; schemas/glue-pipeline.schema.json lets editors check the file as you type.",
    source: "user",
    location: {
      path: source.path,
      ...(line === undefined ? {} : { line }),
      ...(path.length === 0 ? {} : { key: path.join(".") }),
    },
  });
}

function errorsOf(source: YamlSource, issue: Issue, base: KeyPath): ToolkitError[] {
  const path = [...base, ...issue.path.map((part) => (typeof part === "number" ? part : String(part)))];
  const name = path.join(".") || "the document";
  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(path);
    return issue.keys
      .slice(0, mostErrors)
      .map((key) =>
        manifestError(
          source,
          [...path, key],
          `unknown key "${key}" in ${name}.${didYouMean(key, known)}`,
          known.length > 0 ? `Known keys here: ${known.join(", ")}.` : undefined,
        ),
      );
  }
  if (issue.code === "invalid_union") return unionErrors(source, issue, path, name);
  if (issue.code === "invalid_key")
    return [
      manifestError(
        source,
        path,
        `the name ${name} is not allowed: ${issue.issues[0]?.message ?? "bad name"}`,
      ),
    ];
  if (isMissing(source, path)) return [manifestError(source, path, `${name} is missing`)];
  return [manifestError(source, path, `${name}: ${lowerFirst(issue.message)}`)];
}

function unionErrors(
  source: YamlSource,
  issue: Extract<Issue, { code: "invalid_union" }>,
  path: KeyPath,
  name: string,
): ToolkitError[] {
  if (path.length !== 3 || path[1] !== "steps") {
    // A branch that got inside the value, or knows its other keys, is the one that was meant.
    const meant = issue.errors.find((inner) =>
      inner.some(({ path: below, code }) => below.length > 0 || code === "unrecognized_keys"),
    );
    if (meant !== undefined) return meant.flatMap((inner) => errorsOf(source, inner, path));
    const messages = new Set(issue.errors.flat().map((inner) => lowerFirst(inner.message)));
    return [manifestError(source, path, `${name}: ${[...messages].join(", or ") || "is not allowed"}`)];
  }
  const kinds = Object.keys(stepKinds);
  const value = valueAt(source.value, path);
  const given = kinds.filter((kind) => value !== null && typeof value === "object" && kind in value);
  const branch = given.length === 1 ? issue.errors[kinds.indexOf(given[0] ?? "")] : undefined;
  if (branch) return branch.flatMap((inner) => errorsOf(source, inner, path));
  return [manifestError(source, path, `${name} must have exactly one of ${kinds.join(", ")}`)];
}

function isMissing(source: YamlSource, path: KeyPath): boolean {
  const parent = valueAt(source.value, path.slice(0, -1));
  const last = path.at(-1);
  return last !== undefined && parent !== null && typeof parent === "object" && !(last in parent);
}

function valueAt(value: unknown, path: KeyPath): unknown {
  let node = value;
  for (const key of path) {
    if (node === null || typeof node !== "object") return undefined;
    node = (node as Record<string | number, unknown>)[key];
  }
  return node;
}

/** The keys the schema knows at a path: records are entered by any key, steps by the union of their kinds. */
function knownKeys(path: KeyPath): string[] {
  let schemas: z.core.$ZodType[] = [manifestSchema];
  for (const key of path) schemas = schemas.flatMap((schema) => childrenOf(schema, key));
  return [
    ...new Set(
      schemas
        .flatMap((schema) => unwrap(schema))
        .flatMap((schema) => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : [])),
    ),
  ];
}

function childrenOf(schema: z.core.$ZodType, key: string | number): z.core.$ZodType[] {
  return unwrap(schema).flatMap((inner) => {
    if (inner instanceof z.ZodObject) return key in inner.shape ? [inner.shape[key] as z.core.$ZodType] : [];
    if (inner instanceof z.ZodRecord) return [inner.valueType];
    return [];
  });
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return unwrap(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => unwrap(option));
  return [schema];
}

function lowerFirst(text: string): string {
  const plain = text.replace(/^Invalid input: /, "");
  return plain.charAt(0).toLowerCase() + plain.slice(1);
}
