import type { E2eResult } from "../../e2e/result.ts";
import { plainWord } from "../plain-word.ts";
import { type Content, type Html, html } from "./html.ts";

/** How a state looks: its colour and its sign, which is never the only thing that tells it. */
const looks: Readonly<Record<string, readonly [tone: string, sign: string]>> = {
  passed: ["good", "✓"],
  cleaned: ["good", "✓"],
  reset: ["good", "✓"],
  failed: ["bad", "✕"],
  error: ["bad", "✕"],
  "timed-out": ["bad", "⏱"],
  cancelled: ["warn", "!"],
  warning: ["warn", "!"],
  none: ["warn", "!"],
  empty: ["quiet", "–"],
};

/** The colour of a state. */
export function toneOf(state: string): string {
  return looks[state]?.[0] ?? "quiet";
}

/** A state as a coloured label: sign and word. */
export function chip(state: string, word: string): Html {
  const [tone, sign] = looks[state] ?? ["quiet", "–"];
  return html`<span class="chip ${tone}"><span aria-hidden="true">${sign}</span> ${plainWord(word)}</span>`;
}

/** A part of the page under a heading, which names it for screen readers. */
export function section(id: string, title: string, ...content: readonly Content[]): Html {
  return html`<section id="${id}" aria-labelledby="${id}-h"><h2 id="${id}-h">${plainWord(title)}</h2>${content}</section>`;
}

/** Names and values; those without a value are left out. */
export function facts(rows: readonly (readonly [label: string, value: Content])[]): Html {
  const shown = rows.filter(([, value]) => value !== undefined && value !== "" && value !== false);
  return html`<dl class="facts">${shown.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** A table in a frame of its own, which scrolls where the page is too narrow. */
export function dataTable(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly Content[])[],
  { visible = false }: { readonly visible?: boolean } = {},
): Html {
  if (rows.length === 0) return html``;
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table>
<caption class="${visible ? "" : "hidden"}">${caption}</caption>
<thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map(([first, ...rest]) => html`<tr><th scope="row">${first}</th>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
</table></div>`;
}

/** Lines as they are, in a frame that scrolls. */
export function lines(label: string, text: readonly Content[]): Html {
  return html`<pre tabindex="0" role="region" aria-label="${label}"><code>${text.map((line, index) => html`${index > 0 && "\n"}${line}`)}</code></pre>`;
}

/** A link, for addresses that a browser may be sent to; else the text alone. */
export function link(url: string | undefined, text: string): Content {
  return url !== undefined && /^https:\/\/[^\s<>"']+$/.test(url) ? html`<a href="${url}">${text}</a>` : text;
}

/** The id of a step's part of the page. */
export function stepId(result: E2eResult, key: string): string {
  return `step-${result.steps.findIndex((step) => step.key === key) + 1}`;
}
