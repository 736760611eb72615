import { GlueFault } from "../fault.ts";
import { brokenConstraints } from "./constraints.ts";
import type { ServiceModel, Shape } from "./service-model.ts";

export type Members = Record<string, unknown>;

/** A request after the model has judged it. */
export interface ParsedInput {
  /** Known members only; nulls are absent, as in AWS's JSON protocol. */
  readonly input: Members;
  /** The request as it was sent. */
  readonly raw: Members;
}

/**
 * Parses and validates a request against the operation's input shape.
 * @throws GlueFault SerializationException for a wrong type, ValidationException naming each broken constraint
 */
export function parseInput(model: ServiceModel, operation: string, rawBody: string): ParsedInput {
  const raw = parseBody(rawBody);
  const shapeName = model.operations[operation]?.input?.shape;
  if (!shapeName) return { input: {}, raw };
  const walk: Walk = { model, broken: [] };
  const input = readStructure(walk, shapeOf(model, shapeName), raw, "");
  const { broken } = walk;
  if (broken.length > 0) {
    const noun = broken.length === 1 ? "error" : "errors";
    throw new GlueFault(
      "ValidationException",
      `${broken.length} validation ${noun} detected: ${broken.join("; ")}`,
    );
  }
  return { input, raw };
}

interface Walk {
  readonly model: ServiceModel;
  readonly broken: string[];
}

const JSON_TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  structure: isObject,
  map: isObject,
  list: Array.isArray,
  string: (value) => typeof value === "string",
  blob: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  integer: Number.isInteger,
  long: Number.isInteger,
  double: (value) => typeof value === "number",
  float: (value) => typeof value === "number",
  timestamp: (value) => typeof value === "number",
};

function readValue(walk: Walk, shapeName: string, value: unknown, path: string): unknown {
  const shape = shapeOf(walk.model, shapeName);
  if (!(JSON_TYPES[shape.type] ?? isObject)(value)) {
    throw new GlueFault(
      "SerializationException",
      `${describe(value)} can not be converted to ${shape.type} at '${path}'`,
    );
  }
  for (const constraint of brokenConstraints(shapeName, shape, value)) {
    walk.broken.push(`Value ${quote(value)} at '${path}' failed to satisfy constraint: ${constraint}`);
  }
  if (shape.type === "structure") return readStructure(walk, shape, value as Members, path);
  if (shape.type === "list") return readList(walk, shape, value as unknown[], path);
  if (shape.type === "map") return readMap(walk, shape, value as Members, path);
  return value;
}

function readStructure(walk: Walk, shape: Shape, value: Members, path: string): Members {
  const result: Members = {};
  for (const name of shape.required ?? []) {
    if (isAbsent(value[name])) {
      const at = join(path, name);
      walk.broken.push(`Value null at '${at}' failed to satisfy constraint: Member must not be null`);
    }
  }
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const given = value[name];
    if (!isAbsent(given)) result[name] = readValue(walk, member.shape, given, join(path, name));
  }
  return result;
}

function readList(walk: Walk, shape: Shape, values: unknown[], path: string): unknown[] {
  const member = shape.member?.shape ?? "";
  return values.map((value, index) => readValue(walk, member, value, `${path}.${index + 1}.member`));
}

function readMap(walk: Walk, shape: Shape, value: Members, path: string): Members {
  const keyShape = shape.key?.shape ?? "";
  const valueShape = shape.value?.shape ?? "";
  const result: Members = {};
  for (const [key, item] of Object.entries(value)) {
    for (const constraint of brokenConstraints(keyShape, shapeOf(walk.model, keyShape), key)) {
      walk.broken.push(
        `Value ${quote(key)} at '${path}' failed to satisfy constraint: Map keys must satisfy constraint: [${constraint}]`,
      );
    }
    if (!isAbsent(item)) result[key] = readValue(walk, valueShape, item, `${path}.${key}.member`);
  }
  return result;
}

function parseBody(rawBody: string): Members {
  let body: unknown;
  try {
    body = JSON.parse(rawBody === "" ? "{}" : rawBody);
  } catch {
    throw new GlueFault("SerializationException", "The request body is not JSON");
  }
  if (!isObject(body)) throw new GlueFault("SerializationException", "The request body is not a JSON object");
  return body;
}

function shapeOf(model: ServiceModel, name: string): Shape {
  const shape = model.shapes[name];
  if (!shape) throw new Error(`The service model has no shape ${name}`);
  return shape;
}

/** The Java member's name in a path: first letter lower-cased. */
function join(path: string, name: string): string {
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  return path === "" ? member : `${path}.${member}`;
}

function quote(value: unknown): string {
  return `'${typeof value === "string" ? value : JSON.stringify(value)}'`;
}

function describe(value: unknown): string {
  return Array.isArray(value) ? "START_ARRAY" : `${(typeof value).toUpperCase()}_VALUE`;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
