import { formatLocation } from "../../base/errors.ts";
import { sourceUrl } from "../../e2e/headline.ts";
import type { E2eResult, SourceLines } from "../../e2e/result.ts";
import { type ProblemGroup, problemGroups } from "../e2e-problem-groups.ts";
import type { E2eWords } from "../e2e-words.ts";
import { numberedSource } from "../numbered-source.ts";
import { type Content, type Html, html } from "./html.ts";
import { chip, facts, lines, link, section, stepId, toneOf } from "./parts.ts";
import { stepDetails } from "./step-details.ts";

/** Every problem with cause, remedy, the failing line and the log; errors first. */
export function problems(result: E2eResult, words: E2eWords, language: string): Html {
  const { labels } = words;
  const groups = problemGroups(result, words);
  const content =
    groups.length === 0
      ? html`<p>${labels.noProblems}</p>`
      : groups.map((group, index) => card(group, index + 1, result, words, language));
  return section("problems", labels.problems, content);
}

function card(
  { first, causes, remedy }: ProblemGroup,
  number: number,
  result: E2eResult,
  words: E2eWords,
  language: string,
): Html {
  const { labels } = words;
  const { severity, code, step, location, headline, source, excerpt = [], log = [] } = first;
  const place = location && formatLocation({ path: location.path, ...lineOf(location), ...keyOf(location) });
  return html`<article class="card ${toneOf(severity)}" aria-labelledby="problem-${number}">
<h3 id="problem-${number}">${number}. ${chip(severity, code)}${step !== undefined && html` <a href="#${stepId(result, step)}"><code>${step}</code></a>`}</h3>
${headline && html`<p class="lead"><strong>${link(headline.url, headline.text)}</strong></p>`}
${facts([
  [labels.cause, causes.map((cause, index) => html`${index > 0 && html`<br>`}${cause}`)],
  [labels.remedy, remedy],
  [labels.where, place && html`<code>${place}</code>`],
])}
${source && sourcePart(source, result, words)}
${queryOf(step, result, words, language)}
${excerpt.length > 0 && html`<h4>${labels.logLines}</h4>${lines(`${labels.logLines} ${number}`, excerpt)}`}
${log.length > excerpt.length && html`<details><summary>${labels.logTail} (${log.length})</summary>${lines(`${labels.logTail} ${number}`, log)}</details>`}
</article>`;
}

/** The SQL of a query that failed, with what it was to give and what it gave. */
function queryOf(key: string | undefined, { steps }: E2eResult, words: E2eWords, language: string): Content {
  const step = steps.find((each) => each.key === key);
  return step?.kind === "query" && step.details !== undefined && stepDetails(step, words, language);
}

function sourcePart(source: SourceLines, { run }: E2eResult, { labels }: E2eWords): Html {
  const { path, line, firstLine, commit, inCheckout } = source;
  const of = commit === undefined ? "" : ` (${commit.slice(0, 12)})`;
  const text = numberedSource(source).map(
    (shown, index): Content => (firstLine + index === line ? html`<mark>${shown}</mark>` : shown),
  );
  return html`<h4>${labels.sourceLine}: ${link(sourceUrl(source, run), `${path}:${line}${of}`)}</h4>
${lines(`${path}:${line}`, text)}
${!inCheckout && html`<p class="note">${labels.sourceMoved}</p>`}`;
}

function lineOf({ line }: { line?: number | undefined }): { line?: number } {
  return line === undefined ? {} : { line };
}

function keyOf({ key }: { key?: string | undefined }): { key?: string } {
  return key === undefined ? {} : { key };
}
