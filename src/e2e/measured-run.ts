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
  steps: z.array(measuredStep),
});

export type MeasuredRun = z.infer<typeof measuredRun>;
export type MeasuredStep = z.infer<typeof measuredStep>;

/** The quantities of the steps that passed. */
export function measureRun({ run, startedAt, steps }: E2eResult): MeasuredRun {
  const { runId, commit, url } = run;
  return {
    runId,
    startedAt,
    ...(commit === undefined ? {} : { commit }),
    ...(url === undefined ? {} : { url }),
    steps: steps.filter(({ state }) => state === "passed").map(measureStep),
  };
}

function measureStep(step: StepResult): MeasuredStep {
  const { key, milliseconds } = step;
  return { key, ...(milliseconds === undefined ? {} : { milliseconds }), ...quantitiesOf(step) };
}

function quantitiesOf(step: StepResult): Omit<MeasuredStep, "key" | "milliseconds"> {
  const { details } = step;
  if (details === undefined) return {};
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
