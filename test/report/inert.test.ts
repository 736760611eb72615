import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeBlock, codeSpan, escapeHtml, escapeMarkdown } from "../../src/base/escape-markdown.ts";
import type { DeployResult } from "../../src/deploy/result.ts";
import type { E2eResult } from "../../src/e2e/result.ts";
import { deploySummary } from "../../src/report/deploy-summary.ts";
import { renderE2eMarkdown } from "../../src/report/e2e-markdown.ts";
import { fixByHand, fixSuggestion } from "../../src/report/finding-fixes.ts";
import { findingsSummary } from "../../src/report/findings-summary.ts";
import { renderE2eHtml } from "../../src/report/html/e2e-html.ts";
import type { Finding } from "../../src/validate/findings.ts";
import type { ValidationResult } from "../../src/validate/validate.ts";
import { incident } from "./e2e/incident.ts";
import { elementsOf, rendered, withText } from "./support/rendered.ts";

const pieces = [
  ...["<img src=x onerror=alert(1)>", "</details>", "</code>", "<!-- ", "-->", "&lt;b&gt;", "&#60;", "<b"],
  ...[
    "`",
    "``",
    "```",
    "~~~\n",
    "\n",
    "\n\n",
    "\r",
    "\r\n",
    "|",
    "\\",
    "*",
    "**",
    "_",
    "~~",
    "[",
    "](//e)",
    "![",
  ],
  ...[
    "https://evil.example/x",
    "www.evil.example",
    "a@evil.example",
    "@octocat",
    "# ",
    "- ",
    "+ ",
    "1. ",
    "> ",
  ],
  ...["    ", "---", "===", "- [x] ", "[^1]", "\u202e", "\u2028", "\0", "a", " "],
];
const hostile = fc
  .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 8 })
  .map((all) => all.join(""))
  .filter((text) => text.trim() !== "");

/** Text in a place has the same elements around it as a harmless word: it is nothing but text. */
function expectInert(markdown: (text: string) => string, runs: number): void {
  const harmless = elementsOf(rendered(markdown("x")));
  fc.assert(
    fc.property(hostile, (text) => {
      expect(elementsOf(rendered(markdown(text)))).toEqual(harmless);
    }),
    { numRuns: runs, seed: 20_261_126 },
  );
}

const finding: Finding = {
  rule: "orphan-code",
  severity: "error",
  path: "§.py",
  startLine: 2,
  endLine: 3,
  message: "§",
  remedy: "§",
  fix: { deleteLines: [2, 3] },
  excerpt: ["§", "§"],
};

const validation: ValidationResult = {
  result: "failed",
  findings: [finding, finding, finding, finding],
  suppressed: [],
  scripts: [{ path: "§.py", jobs: ["§", "§"], sha256: null, status: "failed" }],
  python: [{ glueVersion: "§", pythonVersion: "3.11", interpreter: "§", exact: true }],
  counts: { scripts: 1, skipped: 0, errors: 4, warnings: 0, notices: 0, suppressed: 0 },
};

const deploy: DeployResult = {
  result: "failed",
  plan: {
    version: 1,
    mode: "deploy",
    environment: "§",
    region: "us-east-1",
    account: "000000000000",
    bucket: "b",
    prefix: "p/",
    createdAt: "2025-11-05T10:30:00.000Z",
    provenance: { commit: "4f2d9c81b0de7a66", repository: "§", runId: "1" },
    manifest: { name: "acme", path: "glue-pipeline.yml" },
    objects: {},
    rollbackTo: null,
    warnings: [],
    jobs: [
      {
        key: "a",
        job: "§",
        script: "§.py",
        action: "blocked",
        current: { scriptLocation: "s3://b/§.py", extraPyFiles: null },
        next: { scriptLocation: "s3://b/a/§-1.py", extraPyFiles: null },
        fields: [{ member: "§", from: "§", to: "§" }],
        reasons: ["§"],
        warnings: ["§"],
        blockers: [{ code: "missing-job", message: "§", remedy: "§" }],
        lastModifiedOn: "1",
        artifacts: [],
        scriptDiff: "+§",
      },
    ],
  },
  releaseId: "§",
  releaseUri: "s3://b/§",
  jobsChanged: [],
  jobsUnchanged: [],
  warnings: ["§"],
  failure: { code: "internal-error", message: "§", remedy: "§" },
};

/** The incident with a mark wherever a name, an error of a job or a line of a script stands. */
const hostileRun: E2eResult = JSON.parse(
  [
    "unexpected indent",
    "datalake-pipeline",
    "silver-dev",
    "octocat",
    "car_raw_data_001",
    "job.commit()",
    "bronze/car",
  ].reduce((text, name) => text.replaceAll(name, "§"), JSON.stringify(incident)),
);

describe("names, messages and code are text wherever they stand", () => {
  it.each<[string, (text: string) => string]>([
    ["a paragraph", escapeMarkdown],
    ["a heading", (text) => `## ${escapeMarkdown(`x${text}`)}`],
    ["an item of a list", (text) => `- ${escapeMarkdown(`x${text}`)}`],
    ["a cell", (text) => `| a | b |\n|---|---|\n| ${escapeMarkdown(`x${text}`)} | ${codeSpan(`x${text}`)} |`],
    ["inline code", (text) => `a ${codeSpan(`x${text}`)} b`],
    ["a code block", (text) => codeBlock(text, "text")],
    ["an HTML summary", (text) => `<details><summary>${escapeHtml(text)}</summary>\n\nx\n\n</details>`],
  ])("in %s", (_, markdown) => {
    expectInert(markdown, 250);
  });

  it.each<[string, (text: string) => string]>([
    ["the summary of a validation", (text) => findingsSummary(withText(validation, text))],
    ["a suggestion", (text) => fixSuggestion(withText(finding, text))],
    [
      "a fix by hand",
      (text) =>
        fixByHand(
          withText(finding, text),
          ["x", text, text].flatMap((line) => line.split("\n")),
        ),
    ],
    ["the summary of a deploy", (text) => deploySummary(withText(deploy, text))],
    ["the report of an end-to-end run", (text) => renderE2eMarkdown(withText(hostileRun, `x${text}`), "en")],
  ])("in %s", (_, markdown) => {
    expectInert(markdown, 40);
  });

  it("in the HTML report", () => {
    const page = (text: string): readonly string[] =>
      elementsOf(renderE2eHtml(withText(hostileRun, `x${text}`), "en"));
    const harmless = page("x");
    fc.assert(
      fc.property(hostile, (text) => {
        expect(page(text)).toEqual(harmless);
      }),
      { numRuns: 40, seed: 20_261_126 },
    );
  });
});
