import { isLosslessNumber, LosslessNumber, parse, stringify } from "lossless-json";

/**
 * JSON that survives a round trip to the last digit. A number whose text JavaScript would change (`10.0`,
 * `12345678901234567890`) is carried as raw text.
 */
export type ExactJson = string | number | boolean | null | RawNumber | readonly ExactJson[] | ExactObject;

export interface ExactObject {
  readonly [name: string]: ExactJson | undefined;
}

/** A number that a double can't hold or would write otherwise, kept as its JSON text. */
type RawNumber = LosslessNumber;

/**
 * Parses JSON text, keeping numbers to the digit. Of a member that stands twice the last one counts, as in JSON.parse.
 * @throws SyntaxError as JSON.parse does
 */
export function parseExact(text: string): ExactJson {
  return parse(text, undefined, {
    parseNumber: (source) =>
      String(Number(source)) === source ? Number(source) : new LosslessNumber(source),
    onDuplicateKey: ({ newValue }) => newValue,
  }) as ExactJson;
}

/** The JSON text of a value, its raw numbers as they were. */
export function stringifyExact(value: ExactJson): string {
  return stringify(value) ?? "null";
}

/** Whether a value is a JSON object: no list, no null, no raw number. */
export function isExactObject(value: ExactJson | undefined): value is ExactObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isLosslessNumber(value);
}

/** Whether two values are the same JSON, the order of members aside; `10` and `10.0` are the same number. */
export function sameExact(left: ExactJson | undefined, right: ExactJson | undefined): boolean {
  return differingPaths(left, right).length === 0;
}

/** Paths (`Command.ScriptLocation`, `Connections.Connections[0]`) at which two values differ; `""` is the whole. */
export function differingPaths(
  left: ExactJson | undefined,
  right: ExactJson | undefined,
  path = "",
): readonly string[] {
  if (isList(left) && isList(right) && left.length === right.length) {
    return left.flatMap((item, index) => differingPaths(item, right[index], `${path}[${index}]`));
  }
  if (isExactObject(left) && isExactObject(right)) {
    const names = new Set([...Object.keys(left), ...Object.keys(right)]);
    return [...names].flatMap((name) =>
      differingPaths(own(left, name), own(right, name), path === "" ? name : `${path}.${name}`),
    );
  }
  return sameLeaf(left, right) ? [] : [path];
}

/** Paths of members that one object has and another one lacks, at any depth; lists are looked at as a whole. */
export function missingPaths(wanted: ExactObject, object: ExactObject, path = ""): readonly string[] {
  return Object.keys(wanted).flatMap((name) => {
    const [left, right] = [own(wanted, name), own(object, name)];
    const at = path === "" ? name : `${path}.${name}`;
    if (left === undefined) return [];
    if (right === undefined) return [at];
    return isExactObject(left) && isExactObject(right) ? missingPaths(left, right, at) : [];
  });
}

/** An object with the members of another one that it lacks, at any depth; what it has stays as it is. */
export function withMissing(object: ExactObject, wanted: ExactObject): ExactObject {
  const added = Object.entries(wanted).flatMap(([name, value]) => {
    const standing = own(object, name);
    if (standing === undefined) return [[name, value] as const];
    return isExactObject(standing) && isExactObject(value)
      ? [[name, withMissing(standing, value)] as const]
      : [];
  });
  return { ...object, ...Object.fromEntries(added) };
}

/** An object's own member; never one it inherits. */
export function own(object: ExactObject, name: string): ExactJson | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function isList(value: ExactJson | undefined): value is readonly ExactJson[] {
  return Array.isArray(value);
}

function sameLeaf(left: ExactJson | undefined, right: ExactJson | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return canonical(left) === canonical(right);
}

function canonical(value: ExactJson): string {
  const text = stringifyExact(value);
  if (!isLosslessNumber(value) && typeof value !== "number") return text;
  const number = Number(text);
  const exact = Number.isSafeInteger(number) || /^-?\d{1,15}\.\d*$/.test(text) ? String(number) : text;
  return exact;
}
