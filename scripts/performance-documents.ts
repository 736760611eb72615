import { plural } from "../src/base/plural.ts";
import { type BenchResults, figureOf } from "./bench-results.ts";

type Unit = "s" | "×" | "%" | "MB" | "calls";

interface Row {
  readonly what: string;
  readonly figure: string;
  readonly unit: Unit;
  /** The bound that this project holds itself to. */
  readonly most?: number;
  readonly least?: number;
}

interface Table {
  readonly bench: string;
  readonly rows: readonly Row[];
}

const tables: Readonly<Record<string, Table>> = {
  "validate-thousand": {
    bench: "validate-thousand-scripts",
    rows: [
      { what: "validate-glue, from process start to exit", figure: "actionSeconds", unit: "s" },
      { what: "one bare Python process that only compiles", figure: "bareCompileSeconds", unit: "s" },
      { what: "validate-glue, in bare compiles", figure: "actionToBareCompile", unit: "×", most: 1.5 },
      {
        what: "`python -m py_compile FILE`, file by file (scaled up)",
        figure: "pyCompileLoopSecondsExtrapolated",
        unit: "s",
      },
      { what: "that loop, in runs of validate-glue", figure: "loopToAction", unit: "×", least: 30 },
      {
        what: "memory of all its processes together, at most",
        figure: "peakMegabytes",
        unit: "MB",
        most: 200,
      },
    ],
  },
  "validate-linters": {
    bench: "validate-beside-linters",
    rows: [
      { what: "validate-glue", figure: "actionSeconds", unit: "s" },
      { what: "ruff check, no cache", figure: "ruffSeconds", unit: "s" },
      { what: "ruff, in runs of validate-glue", figure: "ruffToAction", unit: "×" },
      { what: "pylint on all cores", figure: "pylintSeconds", unit: "s" },
      { what: "pylint, in runs of validate-glue", figure: "pylintToAction", unit: "×" },
    ],
  },
  "validate-growth": {
    bench: "validate-growth",
    rows: [
      ...[10, 100, 1_000, 10_000].flatMap((count): readonly Row[] => [
        { what: `${grouped(count)} scripts`, figure: `scripts${count}Seconds`, unit: "s" },
        {
          what: `${grouped(count)} scripts, memory`,
          figure: `scripts${count}PeakMegabytes`,
          unit: "MB",
          most: 200,
        },
      ]),
      { what: "10,000 scripts, in times of 1,000", figure: "tenThousandToThousand", unit: "×", most: 10 },
    ],
  },
  "validate-long": {
    bench: "validate-long-scripts",
    rows: [
      { what: "one script of 50,000 lines", figure: "lines50000Seconds", unit: "s", most: 2 },
      { what: "100,000 equal lines", figure: "equalLines100000Seconds", unit: "s" },
      { what: "200,000 equal lines", figure: "equalLines200000Seconds", unit: "s" },
      { what: "100,000 open brackets", figure: "brackets100000Seconds", unit: "s" },
      { what: "200,000 open brackets", figure: "brackets200000Seconds", unit: "s" },
      { what: "8,000 functions that each commit", figure: "committers8000Seconds", unit: "s" },
      { what: "16,000 functions that each commit", figure: "committers16000Seconds", unit: "s" },
    ],
  },
  "action-start": {
    bench: "action-start",
    rows: [
      { what: "`node -e 0`", figure: "bareNodeSeconds", unit: "s" },
      { what: "validate-glue", figure: "validateGlueBadInputToBareNode", unit: "×", most: 4 },
      { what: "deploy-glue", figure: "deployGlueBadInputToBareNode", unit: "×", most: 4 },
      { what: "run-e2e", figure: "runE2eBadInputToBareNode", unit: "×", most: 4 },
    ],
  },
  "deploy-unchanged": {
    bench: "deploy-unchanged",
    rows: [
      { what: "deploy-glue", figure: "actionSeconds", unit: "s" },
      { what: "deploy-glue with `validate: true`", figure: "actionWithValidateSeconds", unit: "s" },
      {
        what: "`aws glue get-job` in a loop (scaled up)",
        figure: "getJobLoopSecondsExtrapolated",
        unit: "s",
      },
      { what: "that loop, in runs of deploy-glue", figure: "loopToAction", unit: "×", least: 100 },
      { what: "`terraform plan`", figure: "terraformPlanSeconds", unit: "s" },
      {
        what: "`terraform plan`, in runs of deploy-glue",
        figure: "terraformPlanToAction",
        unit: "×",
        least: 10,
      },
      { what: "reads of Glue (25 jobs each)", figure: "glueReads", unit: "calls", most: 20 },
      { what: "writes", figure: "writes", unit: "calls", most: 0 },
      { what: "memory", figure: "peakMegabytes", unit: "MB", most: 150 },
    ],
  },
  "deploy-ledger": {
    bench: "deploy-ledger",
    rows: [
      { what: "rollback of one job among 1,000", figure: "rollbackCalls", unit: "calls", most: 60 },
      { what: "that rollback, from process start to exit", figure: "rollbackSeconds", unit: "s" },
      {
        what: "listings of a deploy that changes 25 jobs, beside 10,000 releases",
        figure: "changingDeployLists",
        unit: "calls",
        most: 3,
      },
      { what: "that deploy", figure: "changingDeploySeconds", unit: "s" },
      {
        what: "such a deploy with `keep-releases: 20` for the first time",
        figure: "firstPruneCalls",
        unit: "calls",
        most: 1_200,
      },
      { what: "its time", figure: "firstPruneSeconds", unit: "s" },
      { what: "its memory", figure: "firstPruneMegabytes", unit: "MB", most: 130 },
    ],
  },
  "deploy-all-changed": {
    bench: "deploy-all-changed",
    rows: [
      { what: "deploy-glue", figure: "actionSeconds", unit: "s" },
      {
        what: "`aws s3 cp` + `aws glue update-job` in a loop (scaled up)",
        figure: "shellLoopSecondsExtrapolated",
        unit: "s",
      },
      { what: "that loop, in runs of deploy-glue", figure: "loopToAction", unit: "×", least: 50 },
      { what: "`terraform apply`", figure: "terraformApplySeconds", unit: "s" },
      {
        what: "`terraform apply`, in runs of deploy-glue",
        figure: "terraformApplyToAction",
        unit: "×",
        least: 3,
      },
      { what: "memory", figure: "peakMegabytes", unit: "MB", most: 150 },
      { what: "memory with `validate: true`", figure: "peakMegabytesWithValidate", unit: "MB" },
    ],
  },
  "deploy-throttled": {
    bench: "deploy-throttled",
    rows: [
      {
        what: "100 jobs at 10 calls a second, in the least time that takes",
        figure: "jobs100ToLeast",
        unit: "×",
        most: 1.2,
      },
      {
        what: "500 jobs at 10 calls a second, in the least time that takes",
        figure: "jobs500ToLeast",
        unit: "×",
        most: 1.2,
      },
      {
        what: "100 jobs with 30 % of the calls throttled",
        figure: "jobs100Throttled30PercentSeconds",
        unit: "s",
      },
      { what: "100 jobs with no limit", figure: "jobs100UnlimitedSeconds", unit: "s" },
    ],
  },
  "deploy-growth": {
    bench: "deploy-growth",
    rows: [
      ...[1, 10, 100, 500, 1_000, 2_000].flatMap((count): readonly Row[] => {
        const jobs = `${grouped(count)} ${count === 1 ? "job" : "jobs"}`;
        return [
          { what: `${jobs}, all changed`, figure: `changed${count}Seconds`, unit: "s" },
          { what: `${jobs}, none changed`, figure: `unchanged${count}Seconds`, unit: "s" },
          { what: `${jobs}, all changed, memory`, figure: `changed${count}PeakMegabytes`, unit: "MB" },
        ];
      }),
      { what: "2,000 jobs all changed, in times of 1,000", figure: "changed2000To1000", unit: "×" },
      { what: "2,000 jobs none changed, in times of 1,000", figure: "unchanged2000To1000", unit: "×" },
    ],
  },
  "e2e-critical-path": {
    bench: "e2e-critical-path",
    rows: [
      { what: "the jobs' own times, summed along the chain", figure: "jobSeconds", unit: "s" },
      { what: "from the first start to the last end", figure: "wholeSeconds", unit: "s" },
      { what: "what the toolkit adds", figure: "overheadPercent", unit: "%", most: 5 },
      { what: "the latest start after what a step waited for", figure: "latestStartSeconds", unit: "s" },
    ],
  },
  "e2e-growth": {
    bench: "e2e-growth",
    rows: [1, 10, 50, 200].flatMap((count): readonly Row[] => [
      {
        what: plural(count, "step"),
        figure: `steps${count}Seconds`,
        unit: "s",
        ...(count === 200 ? { most: 10 } : {}),
      },
      {
        what: `${plural(count, "step")}, memory`,
        figure: `steps${count}PeakMegabytes`,
        unit: "MB",
        ...(count === 200 ? { most: 150 } : {}),
      },
    ]),
  },
  "e2e-clean": {
    bench: "e2e-clean",
    rows: [
      { what: "1,000 objects, memory", figure: "thousandPeakMegabytes", unit: "MB" },
      { what: "100,000 objects, memory", figure: "hundredThousandPeakMegabytes", unit: "MB" },
      { what: "100,000 objects, the whole run", figure: "hundredThousandSeconds", unit: "s" },
    ],
  },
};

/** The tables of docs/performance.md by section name. @throws Error for a figure that no bench has measured */
export function performanceSections(results: BenchResults): Record<string, string> {
  return Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, render(table, results)]));
}

function render({ bench, rows }: Table, results: BenchResults): string {
  const bounded = rows.some(({ most, least }) => most !== undefined || least !== undefined);
  const head = bounded ? "| | measured | bound |\n|---|--:|---|" : "| | measured |\n|---|--:|";
  const lines = rows.map((row) => {
    const value = figureOf(results, bench, row.figure);
    const cells = [row.what, `${shown(value)} ${row.unit}`, ...(bounded ? [boundOf(row, value)] : [])];
    return `| ${cells.join(" | ")} |`;
  });
  return `${head}\n${lines.join("\n")}\n\n${provenance(bench, results)}`;
}

function boundOf({ most, least, unit }: Row, value: number): string {
  if (most !== undefined) return `at most ${grouped(most)} ${unit} ${value <= most ? "✓" : "✗"}`;
  if (least !== undefined) return `at least ${grouped(least)} ${unit} ${value >= least ? "✓" : "✗"}`;
  return "";
}

function provenance(bench: string, results: BenchResults): string {
  const { date, machine, rounds } = results[bench] ?? {};
  if (machine === undefined) return "";
  return `\`npm run bench -- ${bench}\`, ${date}, ${rounds} rounds: ${machine.cpu}, ${machine.cores} cores, Node.js ${machine.node}, Python ${machine.python}.`;
}

function shown(value: number): string {
  if (value >= 100 || Number.isInteger(value)) return grouped(Math.round(value));
  return String(Number(value.toPrecision(2)));
}

function grouped(value: number): string {
  return value.toLocaleString("en-US");
}
