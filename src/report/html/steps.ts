import { formatDuration } from "../../base/duration.ts";
import type { E2eResult, StepResult } from "../../e2e/result.ts";
import { textOf } from "../e2e-problem-groups.ts";
import type { E2eWords } from "../e2e-words.ts";
import { plainWord } from "../plain-word.ts";
import { formatMoment, formatTime } from "../units.ts";
import { type Content, type Html, html } from "./html.ts";
import { chip, dataTable, facts, section, stepId } from "./parts.ts";
import { stepDetails } from "./step-details.ts";

/** The final table: phases before the steps, then a row per step with what is to be said of it. */
export function status(result: E2eResult, words: E2eWords): Html {
  const { labels } = words;
  const before = result.phases
    .filter(({ name }) => name === "preflight" || name === "clean")
    .map(({ name, state }) => [
      plainWord(words.phases[name]),
      "–",
      chip(state, words.phaseStates[state]),
      "–",
      "",
    ]);
  const steps = result.steps.map((step) => [
    html`<a href="#${stepId(result, step.key)}">${step.key}</a>`,
    words.kinds[step.kind],
    chip(step.state, words.states[step.state]),
    tookOf(step),
    noteOf(step, result, words),
  ]);
  const head = [labels.step, labels.kind, labels.state, labels.duration, labels.notes];
  return section("status", labels.finalStatus, dataTable(labels.finalStatus, head, [...before, ...steps]));
}

/** Each step with all that is known of it; those that went wrong stand open. */
export function steps(result: E2eResult, words: E2eWords, language: string): Html {
  const { labels } = words;
  const all = result.steps.map(
    (step) => html`<details class="step" id="${stepId(result, step.key)}"${isOpen(step) && html` open`}>
<summary><h3>${step.key}</h3> ${chip(step.state, words.states[step.state])} <span class="soft">${words.kinds[step.kind]}${step.milliseconds !== undefined && ` · ${formatDuration(step.milliseconds)}`}</span></summary>
<div>${facts([
      [labels.started, step.startedAt && formatMoment(step.startedAt)],
      [labels.ended, step.endedAt && formatMoment(step.endedAt)],
      [labels.blockedBy, step.blockedBy.length > 0 && links(step.blockedBy, result)],
      [labels.pickedUp, step.pickedUp && "✓"],
    ])}
${stepDetails(step, words, language)}
${changes(step, words)}
${step.startedAt === undefined && step.blockedBy.length === 0 && html`<p>${whyNotStarted(step, words)}</p>`}</div></details>`,
  );
  return section("steps", labels.steps, all);
}

function whyNotStarted({ state, skippedFor }: StepResult, words: E2eWords): string {
  if (state === "not-selected") return plainWord(words.states[state]);
  return skippedFor === undefined ? words.labels.notReached : words.skippedFor[skippedFor];
}

function changes({ key, timeline }: StepResult, { labels }: E2eWords): Content {
  if (timeline.length === 0) return undefined;
  const rows = timeline.map(({ at, state }) => [formatTime(at), state]);
  return html`<h4>${labels.stateChanges}</h4>${dataTable(`${labels.stateChanges}: ${key}`, [labels.time, labels.state], rows)}`;
}

function tookOf({ milliseconds }: StepResult): string {
  return milliseconds === undefined ? "–" : formatDuration(milliseconds);
}

function noteOf(step: StepResult, result: E2eResult, words: E2eWords): Content {
  const problem = result.problems.find(({ step: key }) => key === step.key);
  if (problem !== undefined) return textOf(problem, words).message;
  return step.blockedBy.length > 0
    ? html`${words.labels.blockedBy} ${links(step.blockedBy, result)}`
    : undefined;
}

function links(keys: readonly string[], result: E2eResult): Content {
  return keys.map((key, index) => html`${index > 0 && ", "}<a href="#${stepId(result, key)}">${key}</a>`);
}

function isOpen({ state }: StepResult): boolean {
  return state === "failed" || state === "timed-out" || state === "cancelled";
}
