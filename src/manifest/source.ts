import { type Document, isMap, isPair, isScalar, LineCounter, parseDocument } from "yaml";
import { messageOf, ToolkitError } from "../base/errors.ts";
import { readManifestText } from "./read-text.ts";

export type KeyPath = readonly (string | number)[];

/** A YAML file that knows on which line each of its keys stands. */
export interface YamlSource {
  readonly path: string;
  readonly value: unknown;
  /** 1-based line of the key at `path`, or of its nearest ancestor that exists. */
  lineOf(path: KeyPath): number | undefined;
  /** The text of the scalar at `path` as the file writes it; undefined where none stands there itself. */
  textOf(path: KeyPath): string | undefined;
}

/**
 * Reads and parses a YAML file of the workspace.
 * @throws ToolkitError `manifest-not-found`, `manifest-unreadable` or `manifest-syntax` (with line).
 */
export async function readYaml(workspace: string, path: string): Promise<YamlSource> {
  const text = await readManifestText(workspace, path);
  const lines = new LineCounter();
  const document = parse(text, path, lines);
  // one slip makes the parser stumble many times over: only the first error tells
  const [error] = document.errors;
  if (error) throw notYaml(path, error.message, error.linePos?.[0].line);
  return {
    path,
    value: toValue(document, path),
    lineOf: (keys) => lineOf(document, lines, keys),
    textOf: (keys) => textOf(document, keys),
  };
}

function parse(text: string, path: string, lines: LineCounter): Document {
  try {
    return parseDocument(maskPlaceholders(text), { lineCounter: lines, uniqueKeys: true });
  } catch (thrown) {
    throw notYaml(path, messageOf(thrown));
  }
}

function notYaml(path: string, message: string, line = 1): ToolkitError {
  const why = message.includes("call stack") ? "it is nested too deeply" : message.split("\n")[0];
  return new ToolkitError({
    code: "manifest-syntax",
    message: `${path} is not valid YAML: ${why}`,
    remedy: "Mend the YAML at this line; an editor with YAML support shows the place.",
    source: "user",
    location: { path, line },
  });
}

/** `${name}` as characters that YAML lets stand in any scalar: its braces would end a plain one inside `[ ]` or `{ }`. */
function maskPlaceholders(text: string): string {
  return text.replaceAll(/\$\{([A-Za-z][\w-]*)\}/g, "\uE000\uE001$1\uE002");
}

function unmaskPlaceholders(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("\uE000\uE001", "${").replaceAll("\uE002", "}");
  if (Array.isArray(value)) return value.map(unmaskPlaceholders);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [unmaskPlaceholders(key), unmaskPlaceholders(member)]),
  );
}

function toValue(document: Document, path: string): unknown {
  try {
    return unmaskPlaceholders(document.toJS());
  } catch (thrown) {
    // yaml refuses documents whose aliases expand beyond all measure
    throw new ToolkitError({
      code: "manifest-syntax",
      message: `${path} can't be expanded: too many YAML aliases, or one inside of what it stands for`,
      remedy: "Write the repeated parts out, or use defaults.",
      source: "user",
      location: { path },
      cause: thrown,
    });
  }
}

function lineOf(document: Document, lines: LineCounter, path: KeyPath): number | undefined {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const key of path) {
    let next: unknown;
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(key),
      );
      if (!pair) break;
      offset = startOf(pair.key) ?? offset;
      next = pair.value;
    } else {
      next = document.getIn([...path.slice(0, path.indexOf(key) + 1)], true);
      offset = startOf(next) ?? offset;
    }
    node = next;
  }
  return offset === undefined ? undefined : lines.linePos(offset).line;
}

function textOf(document: Document, path: KeyPath): string | undefined {
  let node: unknown = document.contents;
  for (const key of path) {
    if (!isMap(node)) return undefined;
    const pair = node.items.findLast((item) => isScalar(item.key) && String(item.key.value) === String(key));
    node = pair?.value;
  }
  return isScalar(node) ? node.source : undefined;
}

function startOf(node: unknown): number | undefined {
  if (node === null || typeof node !== "object" || !("range" in node) || !Array.isArray(node.range))
    return undefined;
  const [start] = node.range as unknown[];
  return typeof start === "number" ? start : undefined;
}
