import { codeSpan, escapeMarkdown, codeBlock as fencedBlock } from "../base/escape-markdown.ts";
import { plainText } from "../base/plain-text.ts";

/** Foreign text as Markdown prose on one line: masked, cut, and with no markup, HTML or mention taking effect. */
export function prose(text: string, limit = 1_000): string {
  return escapeMarkdown(plainText(text, limit).trim()).replaceAll(/@(?=\w)/g, "@\u200b");
}

/** Foreign text as inline code, masked and cut; nothing for no text. */
export function code(text: string, limit = 1_000): string {
  const plain = plainText(text, limit).trim();
  return plain === "" ? "" : codeSpan(plain);
}

/** Foreign lines as a code block that they can't close, masked and cut. */
export function codeBlock(lines: readonly string[], language = "text", limit = 8_000): string {
  return fencedBlock(plainText(lines.join("\n"), limit), language);
}

/** A table; cells are Markdown already. Nothing without rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Blocks with an empty line between them, empty ones left out. */
export function blocks(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join("\n\n");
}
