import { plainText } from "../../base/plain-text.ts";

/** Markup that is safe to be written as it is. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

/** Text of any origin, markup, or several of them. */
export type Content = string | number | Html | undefined | false | readonly Content[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Markup by template: what is put in as text is masked, cut and escaped, so no text becomes markup. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  const parts = strings.map((text, index) => text + (index < values.length ? markupOf(values[index]) : ""));
  return new Html(parts.join(""));
}

function markupOf(value: Content): string {
  if (value === undefined || value === false) return "";
  if (value instanceof Html) return value.markup;
  if (Array.isArray(value)) return value.map(markupOf).join("");
  return escaped(plainText(String(value), longestText));
}

/** Text with the signs of HTML and XML markup as entities. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? "");
}

const longestText = 10_000;
