/** `passed` of `✅ **passed**`: a word of the reports without its mark and its Markdown. */
export function plainWord(text: string): string {
  return text
    .replaceAll("*", "")
    .replace(/^[^\p{L}\p{N}]+/u, "")
    .trim();
}
