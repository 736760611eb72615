import { formatDuration } from "../../base/duration.ts";
import type { E2eResult } from "../../e2e/result.ts";
import type { E2eWords } from "../e2e-words.ts";
import { plainWord } from "../plain-word.ts";
import { formatTime } from "../units.ts";
import { type Html, html } from "./html.ts";
import { section, stepId, toneOf } from "./parts.ts";

interface Bar {
  readonly name: Html;
  readonly tone: string;
  readonly word: string;
  readonly from: number;
  readonly to: number;
}

export interface Timeline {
  readonly markup: Html;
  /** A rule per bar: the page's policy forbids styles in attributes. */
  readonly style: string;
}

/** When each phase and step ran, as bars over the run's time. */
export function timeline(result: E2eResult, words: E2eWords): Timeline {
  const bars = barsOf(result, words);
  const start = Math.min(...bars.map(({ from }) => from));
  const end = Math.max(...bars.map(({ to }) => to));
  if (bars.length === 0) return { markup: html``, style: "" };
  const span = Math.max(1, end - start);
  const percent = (part: number): string => ((100 * part) / span).toFixed(3);
  const rules = bars.map(
    ({ from, to }, index) => `#b${index}{left:${percent(from - start)}%;width:${percent(to - from)}%}`,
  );
  const { labels } = words;
  const rows = bars.map(
    ({ name, tone, word, from, to }, index) => html`<li><span class="name">${name}</span>
<span class="track" aria-hidden="true"><span class="bar ${tone}" id="b${index}"></span></span>
<span class="took">${formatDuration(to - from)}<span class="hidden">, ${word}, ${labels.started} ${formatTime(new Date(from).toISOString())}</span></span></li>`,
  );
  const axis = html`<div class="axis" aria-hidden="true"><span>${time(start)}</span><span>${time(start + span / 2)}</span><span>${time(end)} UTC</span></div>`;
  return {
    markup: section(
      "timeline",
      labels.timeline,
      html`<p class="soft">${labels.timelineNote}</p>${axis}<ol class="timeline">${rows}</ol>`,
    ),
    style: rules.join(""),
  };
}

function barsOf(result: E2eResult, words: E2eWords): Bar[] {
  const phases = result.phases
    .filter(({ name }) => name === "preflight" || name === "clean")
    .map(({ name, state, startedAt, endedAt }) => ({
      name: html`${plainWord(words.phases[name])}`,
      state,
      word: plainWord(words.phaseStates[state]),
      startedAt,
      endedAt,
    }));
  const steps = result.steps.map(({ key, state, startedAt, endedAt }) => ({
    name: html`<a href="#${stepId(result, key)}">${key}</a>`,
    state,
    word: plainWord(words.states[state]),
    startedAt,
    endedAt,
  }));
  return [...phases, ...steps].flatMap(({ name, state, word, startedAt, endedAt }) =>
    startedAt === undefined || endedAt === undefined
      ? []
      : [{ name, word, tone: toneOf(state), from: Date.parse(startedAt), to: Date.parse(endedAt) }],
  );
}

function time(moment: number): string {
  return formatTime(new Date(moment).toISOString());
}
