import { formatDuration } from "../base/duration.ts";
import type { E2eResult, ProducedObject, StepResult } from "../e2e/result.ts";
import { textOf } from "./e2e-problem-groups.ts";
import type { E2eWords } from "./e2e-words.ts";
import { blocks, code, prose, table } from "./markdown-text.ts";
import { formatBytes, formatMoment } from "./units.ts";

/** The final table: a row per phase before the steps, then one per step. */
export function statusSection(result: E2eResult, words: E2eWords): string {
  const { labels } = words;
  const before = result.phases
    .filter(({ name }) => name === "preflight" || name === "clean")
    .map(({ name, state }) => [words.phases[name], "–", words.phaseStates[state], ""]);
  const steps = result.steps.map((step) => [
    words.phases[step.kind === "query" ? "validate" : "run"],
    code(step.key),
    words.states[step.state],
    notesOf(step, result, words),
  ]);
  return blocks(
    `## 🎯 ${labels.finalStatus}`,
    table([labels.phase, labels.step, labels.state, labels.notes], [...before, ...steps]),
  );
}

function notesOf(step: StepResult, result: E2eResult, words: E2eWords): string {
  const problem = result.problems.find(({ step: key }) => key === step.key);
  if (problem) return prose(textOf(problem, words).message, 200);
  if (step.blockedBy.length > 0) {
    return `${words.labels.blockedBy} ${step.blockedBy.map((key) => code(key)).join(", ")}`;
  }
  return step.milliseconds === undefined ? "" : formatDuration(step.milliseconds);
}

/** The steps that were to run and did not, as a list to be ticked off later. */
export function notRunSection(result: E2eResult, words: E2eWords): string {
  const steps = result.steps.filter(({ state }) => state === "skipped");
  if (steps.length === 0) return "";
  const rows = steps.map(({ key, kind }) => `- [ ] ${code(key)} (${words.kinds[kind]})`);
  return blocks(`## ⏸️ ${words.labels.notRun}`, rows.join("\n"));
}

/** Objects that the run wrote or that appeared in it. */
export function producedSection(result: E2eResult, words: E2eWords, language: string): string {
  const { labels } = words;
  const rows = producedObjects(result).map(({ key, object }) => [
    code(key),
    code(object.uri),
    formatBytes(object.bytes, language),
    formatMoment(object.lastModified),
  ]);
  return blocks(
    `## 📦 ${labels.produced}`,
    rows.length === 0
      ? labels.nothingProduced
      : table([labels.step, labels.object, labels.size, labels.date], rows),
  );
}

/** Each object of a step that passed. */
export function producedObjects({ steps }: E2eResult): { key: string; object: ProducedObject }[] {
  return steps.flatMap((step) => {
    const object = objectOf(step);
    return object === undefined || step.state !== "passed" ? [] : [{ key: step.key, object }];
  });
}

function objectOf(step: StepResult): ProducedObject | undefined {
  if (step.kind === "upload") return step.details?.object;
  return step.kind === "expect" ? step.details?.found : undefined;
}
