/** Text that Markdown and HTML show as it is, on one line; in a comment it calls nobody. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/[\\`*_[\]|~]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/@(?=\w)/g, "@\u200b")
    .replaceAll(/\s*[\r\n]+\s*/g, " ");
}

/** Text inside of an HTML element, where GitHub renders no Markdown, on one line. */
export function escapeHtml(text: string): string {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return escaped.replaceAll(/\s*[\r\n]+\s*/g, " ");
}

/** Text as inline code that also holds inside a table. */
export function codeSpan(text: string): string {
  const flat = text.replaceAll(/[\r\n]+/g, " ").replaceAll("|", "\\|");
  const fence = "`".repeat(longestRun(flat) + 1);
  const pad = flat.startsWith("`") || flat.endsWith("`") ? " " : "";
  return `${fence}${pad}${flat}${pad}${fence}`;
}

/** Text as a fenced block that no fence inside it can end. */
export function codeBlock(text: string, language: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
