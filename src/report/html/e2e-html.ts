import { createHash } from "node:crypto";
import { formatDuration } from "../../base/duration.ts";
import { fill } from "../../e2e/causes.ts";
import type { E2eResult, Problem } from "../../e2e/result.ts";
import { type ReportLanguage, wordsOf } from "../e2e-catalogues.ts";
import { summaryText } from "../e2e-markdown.ts";
import { textOf } from "../e2e-problem-groups.ts";
import type { E2eWords } from "../e2e-words.ts";
import { plainWord } from "../plain-word.ts";
import { formatBytes, formatMoment, formatNumber } from "../units.ts";
import { usageText } from "../usage-text.ts";
import { type Content, Html, html } from "./html.ts";
import { chip, facts, link, stepId, toneOf } from "./parts.ts";
import { problems } from "./problems.ts";
import { status, steps } from "./steps.ts";
import { style } from "./style.ts";
import { clean, comparison, produced } from "./tables.ts";
import { timeline } from "./timeline.ts";

/**
 * The report of a run as one HTML file: no script, nothing from the network (its policy forbids both), light and dark
 * as the reader's system is, for phones, keyboards and screen readers too.
 */
export function renderE2eHtml(result: E2eResult, language: ReportLanguage = "en"): string {
  const words = wordsOf(language);
  const chart = timeline(result, words);
  const css = style + chart.style;
  const policy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(css).digest("base64")}'; base-uri 'none'; form-action 'none'`;
  const title = fill(words.title, { pipeline: result.pipeline });
  const page = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${plainWord(words.results[result.result])} · ${title}</title>
<style>${new Html(css)}</style>
</head>
<body>
<a class="skip" href="#main">${words.labels.skipToContent}</a>
${head(result, words, language, title)}
${contents(result, words)}
<main id="main">
${problems(result, words, language)}
${chart.markup}
${status(result, words)}
${clean(result, words, language)}
${steps(result, words, language)}
${produced(result, words, language)}
${comparison(result, words, language)}
</main>
<footer><p>${words.labels.generated}.</p></footer>
</body>
</html>
`;
  return page.markup;
}

function head(result: E2eResult, words: E2eWords, language: ReportLanguage, title: string): Html {
  const { labels } = words;
  const { run, environment, progress } = result;
  const [error, ...others] = result.problems.filter(({ severity }) => severity === "error");
  const cause = error && textOf(error, words);
  return html`<header>
<h1>${title}</h1>
<div class="verdict ${toneOf(result.result)}">
<p>${chip(result.result, words.results[result.result])}</p>
<p class="lead">${summaryText(result, words, (key) => key)}</p>
${error?.headline && html`<p class="lead"><strong>${link(error.headline.url, error.headline.text)}</strong></p>`}
${cause && html`<p><strong>${labels.cause}:</strong> ${cause.message}</p><p><strong>${labels.remedy}:</strong> ${cause.remedy}</p>`}
${others.length > 0 && html`<p><strong>${labels.alsoFailed}:</strong></p><ul>${others.slice(0, mostOthers).map((other) => alsoFailed(other, result, words))}</ul>`}
<progress max="${Math.max(1, progress.total)}" value="${progress.done}" aria-label="${labels.progress}"></progress>
<p class="soft">${labels.progress}: ${fill(labels.progressLine, { percent: String(progress.percent), done: String(progress.done), total: String(progress.total) })}</p>
</div>
${facts([
  [labels.date, formatMoment(result.startedAt)],
  [labels.duration, formatDuration(result.milliseconds)],
  [labels.environment, `${environment.name} (${environment.region})`],
  [labels.by, run.actor],
  [labels.commit, run.commit && html`<code>${run.commit.slice(0, 12)}</code>`],
  [labels.release, result.expectedRelease && html`<code>${result.expectedRelease}</code>`],
  [labels.run, link(run.url, run.runId)],
  [labels.dpuSeconds, usageText(result.usage.dpuSeconds, (value) => formatNumber(value, language), words)],
  [labels.scanned, usageText(result.usage.scannedBytes, (value) => formatBytes(value, language), words)],
])}
</header>`;
}

/** Of further errors as many as leave the first one in sight; all of them stand below. */
const mostOthers = 5;

function alsoFailed(problem: Problem, result: E2eResult, words: E2eWords): Html {
  const { step, headline } = problem;
  const text = headline?.text ?? textOf(problem, words).message;
  return html`<li>${step !== undefined && html`<a href="#${stepId(result, step)}"><code>${step}</code></a>: `}${text}</li>`;
}

function contents(result: E2eResult, { labels, phases }: E2eWords): Html {
  const parts: readonly (readonly [string, string])[] = [
    ["problems", labels.problems],
    ["timeline", labels.timeline],
    ["status", labels.finalStatus],
    ["clean", phases.clean],
    ["steps", labels.steps],
    ["produced", labels.produced],
    ...(result.comparison === undefined ? [] : [["comparison", labels.comparison] as const]),
  ];
  const items = parts.map(([id, name]): Content => html`<li><a href="#${id}">${plainWord(name)}</a></li>`);
  return html`<nav aria-label="${labels.contents}"><ul>${items}</ul></nav>`;
}
