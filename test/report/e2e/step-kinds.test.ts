import { describe, expect, it } from "vitest";
import { plainPaint } from "../../../src/base/paint.ts";
import type { E2eResult } from "../../../src/e2e/result.ts";
import { e2eAnnotations } from "../../../src/report/e2e-annotations.ts";
import { wordsOf } from "../../../src/report/e2e-catalogues.ts";
import { ganttChart } from "../../../src/report/e2e-gantt.ts";
import { renderE2eMarkdown } from "../../../src/report/e2e-markdown.ts";
import { e2eText } from "../../../src/report/e2e-text.ts";
import { renderE2eHtml } from "../../../src/report/html/e2e-html.ts";
import { incident } from "./incident.ts";
import { green, rough } from "./runs.ts";

const renderers = [
  ["HTML", (result: E2eResult) => renderE2eHtml(result)],
  ["Markdown", (result: E2eResult) => renderE2eMarkdown(result)],
] as const;
const { labels } = wordsOf("en");

describe.each(renderers)("the report in %s", (format, render) => {
  it.each([
    ["an awaited object", ["s3://bronze/**/*.parquet", "s3://bronze/car/part-0.parquet", "28.4 KiB"]],
    [
      "a crawl",
      [
        "bronze-crawler",
        "SUCCEEDED",
        "2025-11-05 18:04:01 UTC",
        "one table was skipped",
        "/aws-glue/crawlers",
      ],
    ],
    ["a run", ["gold-dev", "s3://scripts/gold-3f2a9c81b0de.py", "20251105-1", "jr_77", "1m 1s", "1,234.5"]],
    ["a query", ["at least 1 row", "2 KiB"]],
    ["what was cleaned", ["s3://b/", labels.markers]],
    ["the run before", ["4699", "+50%", "1m 30s"]],
    ["budgets, and no use without one", [`900 (${labels.budget}: 4,000)`]],
  ])("shows %s", (_, texts) => {
    const report = render(green);
    for (const text of texts) expect(report).toContain(text);
    expect(report).not.toContain(`${labels.scanned}:`);
  });

  it("has no place for what isn't known", () => {
    const report = render(rough);
    expect(report).not.toMatch(/undefined|NaN|Invalid/);
    for (const text of ["AccessDenied on s3:DeleteObject", "Throttled", "jobs.silver", labels.sourceMoved]) {
      expect(report).toContain(text);
    }
    expect(report).toContain(labels.noLastGreen);
  });

  it("says so when there was nothing to clean, to show or to compare", () => {
    const report = render({
      ...green,
      clean: { locations: [], bookmarks: [] },
      steps: [],
      phases: [],
      comparison: { lastGreen: { runId: "1", startedAt: green.startedAt }, total: {}, steps: [] },
    });
    for (const text of [labels.noClean, labels.nothingProduced, labels.nothingCompared]) {
      expect(report).toContain(text);
    }
    expect(render({ ...green, comparison: undefined as never })).not.toContain(labels.comparison);
  });

  it("links only where a browser may be sent", () => {
    const with_ = (url: string) => render({ ...green, run: { ...green.run, url } });
    expect(with_("https://github.com/acme/lake/actions/runs/1")).toContain(
      "https://github.com/acme/lake/actions/runs/1",
    );
    expect(with_("javascript:alert(1)")).not.toContain("javascript:");
  });

  it("tells the line of the script by its commit, where the repository is known", () => {
    const run = { ...incident.run, repository: "acme/lake" };
    const address =
      "https://github.com/acme/lake/blob/0123456789abcdef0123456789abcdef01234567/glue_jobs/silver_consolidation_job.py#L294";
    const report = render({ ...incident, run });
    expect(report.includes(address)).toBe(format === "HTML");
    expect(report).toContain("0123456789ab");
  });
});

it("a bar of a cancelled phase is active, and never of no width", () => {
  expect(ganttChart(green, wordsOf("en"))).toMatch(
    /⚠️ PHASE 1 .* \(0ms\) :active, 1762365789000, 1762365789001/,
  );
});

describe("the run on a terminal", () => {
  it("has a line a step and the verdict last", () => {
    expect(e2eText(green, plainPaint).split("\n")).toEqual([
      "✔ passed    arrived expect 1.0s",
      "✔ passed    crawl crawler 1.0s",
      "✔ passed    gold run 1.0s",
      "✔ passed    count query 1.0s",
      "✔ datalake-pipeline on dev: passed, 5 of 5 parts done in 12m 0s",
    ]);
  });

  it("names what blocked a step, and each problem with its remedy", () => {
    const text = e2eText(incident, plainPaint);
    expect(text).toContain("- skipped   crawl-silver crawler (blocked by silver)");
    expect(text).toMatch(/warning .*gold-dev/);
    expect(text).toMatch(/error silver: .*orphan[\s\S]*\n {4}mend: /);
    expect(e2eText(rough, plainPaint)).toContain("error the script moved.\n    mend: look at it");
    expect(text.split("\n").at(-1)).toMatch(/^✖ .*: failed, 2 of 5 parts done/);
  });
});

describe("annotations of a run", () => {
  const warning = {
    ...rough.problems[0],
    severity: "warning",
    step: "ingest",
  } as E2eResult["problems"][number];

  it("are its one error at the line that failed, and the other places as warnings", () => {
    const { failure, others } = e2eAnnotations({ ...incident, problems: [warning, ...incident.problems] });
    expect(failure).toMatchObject({
      level: "error",
      path: "glue_jobs/silver_consolidation_job.py",
      startLine: 294,
    });
    expect(failure?.message).toMatch(/^run-e2e failed at step silver: /);
    expect(others).toEqual([
      {
        level: "warning",
        title: "ingest: moved",
        message: "the script moved. look at it",
        path: "glue-pipeline.yml",
      },
    ]);
  });

  it("put errors before warnings and stop at ten", () => {
    const error = { ...warning, severity: "error", step: undefined } as unknown as typeof warning;
    const problems = [error, ...Array.from({ length: 12 }, () => warning), { ...error }];
    const { others } = e2eAnnotations({ ...incident, problems });
    expect(others).toHaveLength(10);
    expect(others[0]?.title).toBe("moved");
  });

  it("are no failure where the run passed, and one without a cause where none is known", () => {
    expect(e2eAnnotations(green)).toEqual({ failure: undefined, others: [] });
    const { failedStep: _, ...unknown } = { ...rough, problems: [] };
    expect(e2eAnnotations(unknown).failure).toEqual({ level: "error", message: "run-e2e timed-out" });
  });
});
