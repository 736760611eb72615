/**
 * What shows no sign of its own or turns the text around it: control characters, Unicode's bidirectional controls ("Trojan
 * Source", CVE-2021-42574), zero-width and soft marks, line and paragraph separators, tag characters.
 */
const unseen =
  /[\p{Cc}\p{Bidi_Control}\u{ad}\u{200b}\u{2028}\u{2029}\u{2060}-\u{2064}\u{feff}\u{fff9}-\u{fffb}\u{e0000}-\u{e007f}]/gu;

/** Text of any origin with what can't be seen in it written out, as `\u{202e}`; line breaks and tabs stay. */
export function visibleText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll("\r\n", "\n")
    .replaceAll(unseen, (sign) =>
      sign === "\n" || sign === "\t" ? sign : `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`,
    );
}
