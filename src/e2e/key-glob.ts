/** The text before a glob's first special character: what a listing can ask for. */
export function literalPrefix(glob: string): string {
  return glob.replace(/[*?{[].*/s, "");
}

/**
 * A glob over S3 keys as an expression for the whole key: `*` and `?` stay within one part, `**` crosses parts and
 * stands for none as well, `{a,b}` is either.
 */
export function keyGlob(glob: string): RegExp {
  const source = glob.replaceAll(/\*\*\/|\*\*|\*|\?|\{[^{}]*\}|[^*?{]+|\{/g, (token) => {
    if (token === "**/") return "(?:.*/)?";
    if (token === "**") return ".*";
    if (token === "*") return "[^/]*";
    if (token === "?") return "[^/]";
    if (token.startsWith("{") && token.endsWith("}")) {
      return `(?:${token.slice(1, -1).split(",").map(escapeText).join("|")})`;
    }
    return escapeText(token);
  });
  return new RegExp(`^${source}$`, "s");
}

function escapeText(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
