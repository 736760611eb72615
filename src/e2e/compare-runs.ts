import type { MeasuredRun, MeasuredStep } from "./measured-run.ts";
import type { Change, Comparison } from "./result.ts";

export const quantities = ["milliseconds", "dpuSeconds", "rows", "bytes"] as const;

type Changes = Omit<Comparison["steps"][number], "key">;

/** Two runs step by step, and in sum over the steps that both have; `before` undefined: there is none to compare with. */
export function compareRuns(before: MeasuredRun | undefined, now: MeasuredRun): Comparison {
  if (before === undefined) return { total: {}, steps: [] };
  const earlier = new Map(before.steps.map((step) => [step.key, step]));
  const steps = now.steps.flatMap((step) => {
    const other = earlier.get(step.key);
    return other === undefined ? [] : [{ key: step.key, ...changesOf(other, step) }];
  });
  const { runId, startedAt, commit, url } = before;
  return {
    lastGreen: {
      runId,
      startedAt,
      ...(commit === undefined ? {} : { commit }),
      ...(url === undefined ? {} : { url }),
    },
    total: totalOf(steps),
    steps,
  };
}

function changesOf(before: MeasuredStep, now: MeasuredStep): Changes {
  return Object.fromEntries(
    quantities.flatMap((name): [string, Change][] => {
      const [earlier, later] = [before[name], now[name]];
      return earlier === undefined || later === undefined ? [] : [[name, { before: earlier, now: later }]];
    }),
  );
}

function totalOf(steps: readonly Changes[]): Changes {
  return Object.fromEntries(
    quantities.flatMap((name): [string, Change][] => {
      const changes = steps.flatMap((step) => step[name] ?? []);
      if (changes.length === 0) return [];
      const sum = (side: keyof Change): number => changes.reduce((total, change) => total + change[side], 0);
      return [[name, { before: sum("before"), now: sum("now") }]];
    }),
  );
}
