import { mostErrors } from "../base/errors.ts";
import { didYouMean } from "../base/nearest.ts";
import { someOf } from "../base/some-of.ts";
import type { KeyPath } from "./source.ts";

export interface SubstitutionProblem {
  readonly path: KeyPath;
  readonly message: string;
}

const placeholder = /\$(\$?)\{([^{}]*)\}/g;

/**
 * A copy of a JSON-like value with `${name}` filled in in every string; `$${name}` stays a literal `${name}`.
 * Names in `kept` are left for a later room.
 */
export function substitute(
  value: unknown,
  variables: Readonly<Record<string, string>>,
  kept: ReadonlySet<string> = new Set(),
): { readonly value: unknown; readonly problems: readonly SubstitutionProblem[] } {
  const problems: SubstitutionProblem[] = [];
  const fill = (text: string, path: KeyPath): string =>
    text.replaceAll(placeholder, (whole, escaped: string, name: string) => {
      if (escaped !== "") return whole.slice(1);
      const known = Object.hasOwn(variables, name) ? variables[name] : undefined;
      if (known !== undefined) return known;
      if (!kept.has(name) && problems.length < mostErrors) {
        const names = Object.keys(variables);
        problems.push({
          path,
          message: `\${${name}} is not defined here; known are ${someOf(names)}.${didYouMean(name, names)}`,
        });
      }
      return whole;
    });
  const visit = (node: unknown, path: KeyPath): unknown => {
    if (typeof node === "string") return fill(node, path);
    if (Array.isArray(node)) return node.map((item, index) => visit(item, [...path, index]));
    if (node === null || typeof node !== "object") return node;
    return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, visit(item, [...path, key])]));
  };
  return { value: visit(value, []), problems };
}
