import { visibleText } from "./visible-text.ts";

/** Text that Markdown and HTML show as it is, on one line; in a comment it calls nobody and links nowhere. */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .trim()
    .replaceAll(/[\\`*_[\]|~]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/@(?=\w)/g, "@\u200b")
    .replaceAll(/(?<=:)(?=\/\/)|(?<=www)(?=\.)/gi, "\u200b")
    .replace(/^[#+=-]|(?<=^\d{1,9})[.)]/, "\\$&");
}

/** Text inside of an HTML element, where GitHub renders no Markdown, on one line. */
export function escapeHtml(text: string): string {
  return oneLine(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Text as inline code that also holds inside a table, where readers differ about a pipe after two backslashes. */
export function codeSpan(text: string): string {
  const flat = oneLine(text)
    .replaceAll(/\\(?=\|)/g, "\\\u200b")
    .replaceAll("|", "\\|");
  const fence = "`".repeat(longestRun(flat) + 1);
  const pad = flat.startsWith("`") || flat.endsWith("`") ? " " : "";
  return `${fence}${pad}${flat}${pad}${fence}`;
}

/** Text as a fenced block that no fence inside it can end. */
export function codeBlock(text: string, language: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${visibleText(text)}\n${fence}`;
}

function oneLine(text: string): string {
  const [first = "", ...others] = text.split(/[\r\n]+/);
  return visibleText([first, ...others.map((line) => line.trim())].join(" "));
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}
