import { formatDuration } from "../base/duration.ts";
import { someOf } from "../base/some-of.ts";
import type { RunContext } from "./context.ts";
import type { CrawlChanges, Problem, StepResult } from "./result.ts";

const longestTitle = 300;

type Shown = Pick<RunContext, "progress" | "clock" | "startedAt">;

/** One line of the log, with the time since the run began. */
export function say(context: Shown, line: string): void {
  const elapsed = formatDuration(Math.max(0, context.clock.now() - context.startedAt));
  context.progress({ code: "e2e.state", level: "info", message: `[${elapsed}] ${line}` });
}

/** A step that is over: one visible line, and what happened in it folded below. */
export function showStep(context: Shown, result: StepResult, problems: readonly Problem[]): void {
  const { progress } = context;
  const took = result.milliseconds === undefined ? "" : ` in ${formatDuration(result.milliseconds)}`;
  const [first] = problems;
  const title = `${result.key}: ${result.state}${took}${first === undefined ? "" : `: ${oneLine(first.message)}`}`;
  progress({ code: "e2e.step", level: "info", message: title, group: "start" });
  for (const line of [...result.timeline.map(({ at, state }) => `${at} ${state}`), ...detailLines(result)]) {
    progress({ code: "e2e.step", level: "info", message: line });
  }
  progress({ code: "e2e.step", level: "info", message: title, group: "end" });
}

/** Runs a phase with its lines folded into a group. */
export async function inGroup<T>(context: Shown, name: string, work: () => Promise<T>): Promise<T> {
  context.progress({ code: "e2e.phase", level: "info", message: name, group: "start" });
  try {
    return await work();
  } finally {
    context.progress({ code: "e2e.phase", level: "info", message: name, group: "end" });
  }
}

function oneLine(text: string): string {
  const [line = ""] = text.split("\n");
  return line.length > longestTitle ? `${line.slice(0, longestTitle)}…` : line;
}

function detailLines(result: StepResult): readonly string[] {
  switch (result.kind) {
    case "upload":
      return result.details ? [`${result.details.object.uri}, ${result.details.object.bytes} bytes`] : [];
    case "expect":
      return result.details?.found
        ? [result.details.found.uri]
        : (result.details?.appeared ?? []).map(({ uri }) => `appeared: ${uri}`);
    case "crawler":
      return result.details
        ? [
            `crawl of ${result.details.crawler}: ${result.details.status ?? "unknown"}`,
            ...crawlLines(result.details.changes),
          ]
        : [];
    case "run":
      return runLines(result.details);
    case "query":
      return (result.details?.expected ?? []).map((expected) => `expected ${expected}`);
  }
}

function crawlLines(changes: CrawlChanges | undefined): readonly string[] {
  const tables = Object.entries(changes?.tables ?? {}).filter(([, names]) => names.length > 0);
  const partitions = Object.entries(changes?.partitions ?? {}).filter(([, count]) => count > 0);
  return [
    ...tables.map(([what, names]) => `tables ${what}: ${someOf(names)}`),
    ...partitions.map(([what, count]) => `partitions ${what}: ${count}`),
  ];
}

function runLines(details: Extract<StepResult, { kind: "run" }>["details"]): readonly string[] {
  const script = details?.script;
  const from = [script?.hash && `hash ${script.hash}`, script?.release && `release ${script.release}`];
  const known = from.filter(Boolean).join(", ");
  return [
    ...(script === undefined ? [] : [`script ${script.location}${known === "" ? "" : ` (${known})`}`]),
    ...(details?.attempts ?? []).map(
      ({ id, state, executionSeconds, dpuSeconds }) =>
        `${id}: ${state}, ${executionSeconds} s${dpuSeconds === undefined ? "" : `, ${dpuSeconds} DPU-seconds`}`,
    ),
  ];
}
