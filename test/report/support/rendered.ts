import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

/** Markdown as GitHub makes HTML of it, before its sanitizer: raw HTML comes through. */
export function rendered(markdown: string): string {
  return micromark(markdown, {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
  });
}

/** The elements of HTML, comments included, without their text. */
export function elementsOf(html: string): readonly string[] {
  return html.match(/<!--|<\/?[a-z][^>]*>/gi) ?? [];
}

/** A value with `§` in its texts replaced by a text. */
export function withText<T>(value: T, text: string): T {
  return JSON.parse(JSON.stringify(value).replaceAll("§", JSON.stringify(text).slice(1, -1))) as T;
}
