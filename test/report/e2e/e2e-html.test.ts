import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { E2eResult } from "../../../src/e2e/result.ts";
import { wordsOf } from "../../../src/report/e2e-catalogues.ts";
import { ganttChart } from "../../../src/report/e2e-gantt.ts";
import { renderE2eHtml } from "../../../src/report/html/e2e-html.ts";
import { incident } from "./incident.ts";
import { rough } from "./runs.ts";

const hostile = "\u001b[31m<img src=x onerror=alert(1)>\"'`& password=hunter2";

/** What a browser reads of the page as elements. */
function elements(page: string): string[] {
  return [...page.matchAll(/<([a-z][a-z0-9]*)/g)].map(([, name = ""]) => name);
}

describe("renderE2eHtml", () => {
  it.each(["en", "pt-BR"] as const)(
    "tells the incident in %s, with the line that failed marked",
    (language) => {
      const page = renderE2eHtml(incident, language);
      expect(page).toContain(`<html lang="${language}">`);
      expect(page).toMatch(/<mark>→ 294 \| {5}F\.col\(&quot;vehicle_dynamic_state/);
      expect(page).toContain(
        language === "en" ? "orphan code after job.commit()" : "código órfão após job.commit()",
      );
      expect(page).not.toMatch(/\{\w+\}<|undefined|NaN/);
    },
  );

  it("allows itself its own style and nothing else", () => {
    const page = renderE2eHtml(incident);
    const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(page).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(page).not.toMatch(/ style=|<script|src=|url\(|@import/);
  });

  it("says in one sentence above all else what ended the run, with a link to the line", () => {
    const [problem] = incident.problems;
    if (problem === undefined) throw new Error("no problem");
    const headline = {
      text: "ValueError: no — jobs/a.py:3",
      url: "https://github.com/a/b/blob/c/jobs/a.py#L3",
    };
    const message = "Spark said: plan… (cut, 9000 characters)";
    const page = renderE2eHtml(
      { ...incident, problems: [{ ...problem, code: "x", headline, message }] },
      "pt-BR",
    );
    expect(page).toMatch(
      /<strong><a href="https:\/\/github.com\/a\/b\/blob\/c\/jobs\/a.py#L3"[^>]*>.*ValueError: no — jobs\/a.py:3/,
    );
    expect(page.indexOf("ValueError: no — jobs/a.py:3")).toBeLessThan(page.indexOf("Spark said"));
    expect(page).toContain("(cortado, 9000 caracteres)");
  });

  it("names every failed step in its head, and shows a failed query's SQL and rows beside its cause", () => {
    const [problem] = rough.problems;
    if (problem === undefined) throw new Error("no problem");
    const details = {
      sql: "SELECT broken",
      expected: ["value = 0"],
      actual: ["value = 3"],
      columns: ["n"],
      sample: [["three"]],
      rows: 1,
    };
    const page = renderE2eHtml({
      ...rough,
      steps: rough.steps.map((step) => (step.key === "bare-query" ? ({ ...step, details } as never) : step)),
      problems: [
        { ...problem, code: "one", step: "runless" },
        { ...problem, code: "two", step: "bare-query", message: "second cause" },
      ],
    });
    const header = page.slice(page.indexOf("<header>"), page.indexOf("</header>"));
    expect(header).toContain("Also failed");
    expect(header).toMatch(/bare-query<\/code><\/a>: second cause/);
    const cards = page.slice(page.indexOf('id="problems"'), page.indexOf('id="status"'));
    expect(cards).toContain("SELECT broken");
    expect(cards).toContain("three");
  });

  it.each([
    ["budget", "the budget is exceeded"],
    ["time", "time is up"],
    ["cancelled", "the run was cancelled"],
  ] as const)("says why a step was skipped for %s", (skippedFor, said) => {
    const [step] = incident.steps;
    if (step === undefined) throw new Error("no step");
    const skipped = {
      key: "late",
      kind: step.kind,
      state: "skipped" as const,
      blockedBy: [],
      timeline: [],
      skippedFor,
    };
    expect(renderE2eHtml({ ...incident, steps: [...incident.steps, skipped as never] })).toContain(said);
  });

  it("makes no markup of foreign text, and tells no secret", () => {
    const [problem] = incident.problems;
    const attacked: E2eResult = {
      ...incident,
      pipeline: hostile,
      run: { ...incident.run, url: `https://x/"onclick="alert(1)`, actor: hostile },
      problems:
        problem === undefined
          ? []
          : [{ ...problem, code: hostile, message: hostile, log: [hostile, hostile] }],
    };
    const page = renderE2eHtml(attacked);
    expect(elements(page)).not.toContain("img");
    expect(page).not.toMatch(/onclick="/);
    expect(page).not.toContain("hunter2");
    expect(page).not.toContain("\u001b");
  });

  it("stays small under messages of ten megabytes", () => {
    const problems = [
      { severity: "error" as const, code: "other", message: "<".repeat(10_000_000), remedy: "r", facts: {} },
    ];
    expect(renderE2eHtml({ ...incident, problems }).length).toBeLessThan(200_000);
  });
});

describe("ganttChart", () => {
  it("has a bar for each phase and step that ran, in Mermaid's words", () => {
    expect(ganttChart(incident, wordsOf("en"))?.split("\n")).toEqual([
      "gantt",
      "  dateFormat x",
      "  axisFormat %H:%M:%S",
      "  section PHASE 2 RUN",
      "  ✅ ingest (1.0s) :done, 1762365789000, 1762365790000",
      "  ❌ silver (4m 0s) :crit, 1762366020000, 1762366260000",
    ]);
  });

  it("lets no name end a bar or begin another statement", () => {
    const [step] = incident.steps;
    const steps = step === undefined ? [] : [{ ...step, key: "a:b;c#d%%e\nsection f" }];
    expect(
      ganttChart({ ...incident, steps }, wordsOf("en"))
        ?.split("\n")
        .at(-1),
    ).toMatch(/^ {2}✅ a b c d e section f \(1\.0s\) :done, \d+, \d+$/);
  });

  it("is none when nothing ran", () => {
    expect(ganttChart({ ...incident, steps: [] }, wordsOf("en"))).toBeUndefined();
  });
});
