import type { Members } from "../model/parse-input.ts";

/**
 * Of a raw request, the members that the model dropped but that were planted on the job: an API of
 * tomorrow would know them. Nested structures are followed.
 */
export function futureMembersOf(raw: Members, known: Members, planted: Members): Members {
  const kept: Members = {};
  for (const [name, template] of Object.entries(planted)) {
    const given = raw[name];
    const understood = known[name];
    if (given === undefined || given === null) continue;
    if (understood === undefined) kept[name] = given;
    else if (isObject(given) && isObject(understood) && isObject(template)) {
      kept[name] = { ...understood, ...futureMembersOf(given, understood, template) };
    }
  }
  return kept;
}

/** Lays planted members over a definition, structure by structure. */
export function plantInto(definition: Members, planted: Members): Members {
  const result: Members = { ...definition };
  for (const [name, value] of Object.entries(planted)) {
    const there = result[name];
    result[name] = isObject(there) && isObject(value) ? plantInto(there, value) : value;
  }
  return result;
}

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
