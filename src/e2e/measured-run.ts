import * as z from "zod";
import type { E2eResult, StepResult } from "./result.ts";

const quantity = z.number().nonnegative();

const measuredStep = z.strictObject({
  key: z.string(),
  milliseconds: quantity.optional(),
  dpuSeconds: quantity.optional(),
  rows: quantity.optional(),
  bytes: quantity.optional(),
});

/** What is kept of a green run to compare later ones with. */
export const measuredRun = z.strictObject({
  runId: z.string(),
  startedAt: z.iso.datetime(),
  commit: z.string().optional(),
  url: z.string().optional(),
  /** From beginning to end, where all steps were run in one go. */
  milliseconds: quantity.optional(),
  steps: z.array(measuredStep),
});

export type MeasuredRun = z.infer<typeof measuredRun>;
export type MeasuredStep = z.infer<typeof measuredStep>;

/** The quantities of the steps that passed. */
export function measureRun(result: E2eResult): MeasuredRun {
  const { run, startedAt, steps, milliseconds, pickedUpFrom } = result;
  const { runId, commit, url } = run;
  const inOneGo = pickedUpFrom === undefined && isWholeAndGreen(result);
  return {
    runId,
    startedAt,
    ...(commit === undefined ? {} : { commit }),
    ...(url === undefined ? {} : { url }),
    ...(inOneGo ? { milliseconds } : {}),
    steps: steps.filter(({ state }) => state === "passed").map(measureStep),
  };
}

/** Whether every step of the pipeline has passed, and nothing else was wrong. */
export function isWholeAndGreen({ result, steps }: E2eResult): boolean {
  return result === "passed" && steps.every(({ state }) => state === "passed");
}

function measureStep(step: StepResult): MeasuredStep {
  const { key, milliseconds } = step;
  return { key, ...(milliseconds === undefined ? {} : { milliseconds }), ...quantitiesOf(step) };
}

function quantitiesOf(step: StepResult): Omit<MeasuredStep, "key" | "milliseconds"> {
  switch (step.kind) {
    case "upload":
      return step.details === undefined ? {} : { bytes: step.details.object.bytes };
    case "expect":
      return step.details?.found === undefined ? {} : { bytes: step.details.found.bytes };
    case "run": {
      const told = (step.details?.attempts ?? []).flatMap(({ dpuSeconds }) => dpuSeconds ?? []);
      return told.length === 0 ? {} : { dpuSeconds: told.reduce((sum, each) => sum + each, 0) };
    }
    case "query": {
      const { rows, scannedBytes } = step.details ?? {};
      return {
        ...(rows === undefined ? {} : { rows }),
        ...(scannedBytes === undefined ? {} : { bytes: scannedBytes }),
      };
    }
    case "crawler":
      return {};
  }
}
