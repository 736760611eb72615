import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { type BenchResults, figureOf } from "./bench-results.ts";

/** Legible on a light page and on a dark one. */
const ink = "#76808b";
const colours = ["#2f81f7", "#d4781c"];

const frame = {
  background: "transparent",
  config: {
    font: "system-ui, sans-serif",
    axis: {
      labelColor: ink,
      titleColor: ink,
      gridColor: ink,
      gridOpacity: 0.25,
      domainColor: ink,
      tickColor: ink,
    },
    legend: { labelColor: ink, titleColor: ink },
    view: { stroke: null },
    range: { category: colours },
  },
} as const;

interface Point {
  readonly count: number;
  readonly seconds: number;
  readonly series: string;
}

/** The pictures of docs/performance.md: SVG by path below docs. @throws Error for a figure that no bench has measured */
export async function performancePlots(results: BenchResults): Promise<Record<string, string>> {
  const points = (
    bench: string,
    series: string,
    name: (count: number) => string,
    counts: readonly number[],
  ) => counts.map((count): Point => ({ count, series, seconds: figureOf(results, bench, name(count)) }));
  const jobs = [1, 10, 100, 500, 1_000, 2_000];
  return {
    "plots/validate-growth.svg": await growth(
      "scripts of 300 lines",
      points(
        "validate-growth",
        "validate-glue",
        (count) => `scripts${count}Seconds`,
        [10, 100, 1_000, 10_000],
      ),
    ),
    "plots/deploy-growth.svg": await growth("jobs", [
      ...points("deploy-growth", "all changed", (count) => `changed${count}Seconds`, jobs),
      ...points("deploy-growth", "none changed", (count) => `unchanged${count}Seconds`, jobs),
    ]),
    "plots/e2e-growth.svg": await growth(
      "steps",
      points("e2e-growth", "run-e2e", (count) => `steps${count}Seconds`, [1, 10, 50, 200]),
    ),
    "plots/beside-others.svg": await bars(results),
  };
}

function growth(title: string, points: readonly Point[]): Promise<string> {
  return draw({
    ...frame,
    width: 420,
    height: 240,
    data: { values: [...points] },
    mark: { type: "line", point: true, strokeWidth: 2 },
    encoding: {
      x: { field: "count", type: "quantitative", scale: { type: "log" }, axis: { title, format: ",d" } },
      y: {
        field: "seconds",
        type: "quantitative",
        scale: { type: "log" },
        axis: { title: "seconds", format: "~g" },
      },
      color: { field: "series", type: "nominal", sort: null, legend: { title: null, orient: "top" } },
    },
  });
}

/** What people would run instead, in runs of the action. */
function bars(results: BenchResults): Promise<string> {
  const ratio = (what: string, bench: string, figure: string) => ({
    what,
    times: figureOf(results, bench, figure),
  });
  const values = [
    ratio("py_compile, file by file", "validate-thousand-scripts", "loopToAction"),
    ratio("pylint", "validate-beside-linters", "pylintToAction"),
    ratio("aws glue get-job, 500 unchanged jobs", "deploy-unchanged", "loopToAction"),
    ratio("terraform plan, 500 unchanged jobs", "deploy-unchanged", "terraformPlanToAction"),
    ratio("aws s3 cp + update-job, 500 jobs", "deploy-all-changed", "loopToAction"),
    ratio("terraform apply, 500 jobs", "deploy-all-changed", "terraformApplyToAction"),
  ];
  const y = { field: "what", type: "nominal", sort: null, axis: { title: null, labelLimit: 300 } } as const;
  const x = {
    field: "times",
    type: "quantitative",
    scale: { type: "log", domainMin: 1 },
    axis: { title: "times the action's own time", format: "~g" },
  } as const;
  return draw({
    ...frame,
    width: 420,
    data: { values },
    layer: [
      { mark: { type: "bar", color: colours[0] ?? ink }, encoding: { y, x, x2: { datum: 1 } } },
      {
        mark: { type: "text", align: "left", dx: 5, color: ink },
        encoding: { y, x, text: { field: "times", type: "quantitative", format: ".0f" } },
      },
    ],
  });
}

async function draw(specification: TopLevelSpec): Promise<string> {
  const view = new View(parse(compile(specification).spec), { renderer: "none" });
  const svg = await view.toSVG();
  view.finalize();
  return `${svg}\n`;
}
