import { describe, expect, it } from "vitest";
import { type Paint, plainPaint } from "../../src/base/paint.ts";
import type { JobPlan } from "../../src/deploy/plan.ts";
import type { DeployResult } from "../../src/deploy/result.ts";
import { findingAnnotations, findingLines } from "../../src/report/findings-annotations.ts";
import { findingsSummary } from "../../src/report/findings-summary.ts";
import { findingsText } from "../../src/report/findings-text.ts";
import { initText } from "../../src/report/init-text.ts";
import { planText } from "../../src/report/plan-text.ts";
import type { ReleasesDocument } from "../../src/report/releases-documents.ts";
import { releaseDiffText, releasesText } from "../../src/report/releases-text.ts";
import { formatBytes, formatTime } from "../../src/report/units.ts";
import type { Finding } from "../../src/validate/findings.ts";
import type { ValidationResult } from "../../src/validate/validate.ts";

/** Shows what is set off as `<colour:text>`. */
const marked = Object.fromEntries(
  ["red", "yellow", "green", "cyan", "dim", "bold"].map((name) => [
    name,
    (text: string) => `<${name}:${text}>`,
  ]),
) as unknown as Paint;

const finding: Finding = {
  rule: "syntax-error",
  severity: "error",
  path: "jobs/a.py",
  startLine: 3,
  endLine: 3,
  message: "invalid syntax",
  remedy: "Mend it.",
  excerpt: [],
};

function resultWith(findings: readonly Finding[], more: Partial<ValidationResult> = {}): ValidationResult {
  return {
    result: findings.length === 0 ? "passed" : "failed",
    findings,
    suppressed: [],
    scripts: [{ path: "jobs/a.py", jobs: ["a", "b", "c"], sha256: null, status: "failed" }],
    python: [{ glueVersion: "5.0", pythonVersion: "3.11", interpreter: "python3.11", exact: true }],
    counts: { scripts: 2, skipped: 0, errors: findings.length, warnings: 0, notices: 0, suppressed: 0 },
    ...more,
  };
}
const failures = [
  { code: "python-not-found", message: "no Python 3.7 here", remedy: "Install it." },
] as unknown as NonNullable<ValidationResult["failures"]>;

describe("findings on a terminal", () => {
  it("stand at a place that an editor opens, the verdict last", () => {
    const warning: Finding = {
      ...finding,
      rule: "missing-commit",
      severity: "warning",
      endLine: 5,
      excerpt: ["x = 1"],
    };
    expect(findingsText(resultWith([finding, warning]), plainPaint)).toBe(
      [
        "jobs/a.py:3 error invalid syntax. (syntax-error)",
        "    mend: Mend it.",
        "",
        "jobs/a.py:3-5 warning invalid syntax. (missing-commit)",
        "    3 | x = 1",
        "      … 2 more",
        "    mend: Mend it.",
        "",
        "✖ 2 scripts checked: 2 errors, 0 warnings, 0 notices",
      ].join("\n"),
    );
  });

  it("tell what passed in green, what could not be judged in red, and the code of the first twenty only", () => {
    const passed = resultWith([], { counts: { ...resultWith([]).counts, scripts: 1 } });
    expect(findingsText(passed, marked)).toBe("<green:✔ 1 script checked: 0 errors, 0 warnings, 0 notices>");
    expect(findingsText(resultWith([], { result: "failed", failures }), marked)).toMatch(
      /^<red:not judged> no Python 3\.7 here\. Install it\.\n<red:✖/,
    );
    const many = findingsText(resultWith(Array.from({ length: 25 }, () => finding)), plainPaint);
    expect(many.match(/mend:/g)).toHaveLength(20);
  });
});

describe("the summary of findings", () => {
  it("counts what was left out, and names some of many jobs", () => {
    const counts = { scripts: 0, skipped: 1, errors: 0, warnings: 2, notices: 1, suppressed: 3 };
    const summary = findingsSummary(resultWith([finding], { counts, failures }), {
      notes: ["Only changed scripts."],
    });
    for (const text of [
      "failed, 2 warnings, 1 notice in no script",
      "**Not judged:** no Python 3.7 here. Install it.",
      "| `jobs/a.py:3` |",
      "| a, b, 1 more |",
      "Rule `syntax-error`.",
      "Only changed scripts.",
      "1 Scala script skipped",
      "3 findings suppressed by comments",
    ])
      expect(summary).toContain(text);
    expect(findingsSummary({ ...resultWith([]), python: [] })).not.toContain("<sub>");
  });
});

describe("annotations of findings", () => {
  const of = (path: string, startLine: number, severity: Finding["severity"] = "error"): Finding => ({
    ...finding,
    path,
    startLine,
    severity,
  });

  it("show the worst of each file before the second of any, nine a level", () => {
    const many = Array.from({ length: 12 }, (_, index) => of("a.py", index + 1));
    const shown = findingAnnotations([
      ...many,
      of("b.py", 1),
      of("b.py", 9, "notice"),
      of("a.py", 2, "warning"),
    ]);
    expect(shown.map(({ level, path, startLine }) => `${level} ${path}:${startLine}`).slice(0, 3)).toEqual([
      "error a.py:1",
      "error b.py:1",
      "error a.py:2",
    ]);
    expect(shown.map(({ level }) => level).slice(8)).toEqual(["error", "warning", "notice"]);
  });

  it("stand in the log with their place", () => {
    expect(findingLines([of("b.py", 2), of("a.py", 3)])).toEqual([
      "error a.py:3 syntax-error: invalid syntax. Mend it.",
      "error b.py:2 syntax-error: invalid syntax. Mend it.",
    ]);
  });
});

describe("releases on a terminal", () => {
  const release: ReleasesDocument["releases"][number] = {
    id: "r2",
    kind: "rollback",
    status: "applied",
    createdAt: "2025-11-05",
    commit: "c",
    dirty: false,
    manifest: "acme",
    actor: "ana",
    runUrl: null,
    rollbackTo: "r1",
    changed: ["a"],
    jobs: 1,
    note: "by hand",
  };
  const of = (releases: ReleasesDocument["releases"]) =>
    releasesText({ version: 1, environment: "dev", releases }, marked);

  it("begin with the id, and say how each ended", () => {
    expect(of([release])).toBe(
      "<bold:r2>  <green:applied    > rollback to r1: 1 job changed by ana<dim:\n    by hand>",
    );
    expect(of([{ ...release, status: "rolled-back", actor: null, rollbackTo: null, note: null }])).toBe(
      "<bold:r2>  <red:rolled-back> rollback: 1 job changed",
    );
    expect(of([{ ...release, dirty: true, note: null }])).toContain(
      ": 1 job changed (with uncommitted changes) by ana",
    );
    expect(of([])).toBe("dev has no release yet");
  });

  it("differ job by job, with the scripts' own diff", () => {
    const document = { version: 1 as const, environment: "dev", from: "r1", to: "r2" };
    const jobs = [
      {
        job: "a",
        fields: [
          { member: "M", from: null, to: "x" },
          { member: "N", from: "x", to: null },
        ],
        scriptDiff: "@@\n-a\n+b",
      },
      { job: "b", fields: [], scriptDiff: null },
    ];
    expect(releaseDiffText({ ...document, jobs }, marked).split("\n")).toEqual([
      "<yellow:~ a>",
      "    M: (none) -> x",
      "    N: x -> (none)",
      "    | @@",
      "    | <red:-a>",
      "    | <green:+b>",
      "<yellow:~ b>",
    ]);
    expect(releaseDiffText({ ...document, jobs: [] }, plainPaint)).toBe("No job differs between r1 and r2");
  });
});

it("a long plan is cut, and a job without fields gives its reasons", () => {
  const job = {
    job: "a",
    action: "change",
    fields: [],
    reasons: ["its script changes"],
    blockers: [],
    scriptDiff: null,
  } as unknown as JobPlan;
  const added = {
    ...job,
    fields: [
      { member: "M", from: null, to: "x" },
      { member: "N", from: "x", to: null },
    ],
  };
  const plan = { environment: "dev", jobs: [job, added, ...Array.from({ length: 200 }, () => job)] };
  const lines = planText({ plan, warnings: [] } as unknown as DeployResult).split("\n");
  expect(lines.slice(0, 5)).toEqual([
    "~ a",
    "    its script changes",
    "~ a",
    "    M: (none) -> x",
    "    N: x -> (none)",
  ]);
  expect(lines.slice(-2)).toEqual(["… and 2 more jobs", "dev: 202 to change, 0 unchanged, 0 blocked"]);
});

it("init says what it wrote and what comes next, with workflows or without", () => {
  const jobs = Array.from({ length: 32 }, (_, index) => ({ key: `k${index}`, job: "j", script: "s.py" }));
  const document = {
    version: 1 as const,
    manifest: "glue-pipeline.yml",
    written: ["glue-pipeline.yml"],
    jobs,
    notes: ["look"],
  };
  const text = initText(document, { environment: "dev", workflows: true }, plainPaint);
  for (const part of [
    "wrote glue-pipeline.yml",
    "k29  j  s.py\n… and 2 more jobs",
    "note: look",
    "Next, for environment dev:",
    "open a pull request",
    "GLUE_DEPLOY_ROLE",
  ])
    expect(text).toContain(part);
  const bare = initText({ ...document, jobs: [] }, { environment: "dev", workflows: false }, plainPaint);
  expect(bare).not.toMatch(/pull request|GLUE_DEPLOY_ROLE|more jobs/);
});

it.each([
  [0, "0 B"],
  [1_023, "1,023 B"],
  [1_536, "1.5 KiB"],
  [5 * 1024 ** 5, "5,120 TiB"],
])("%d bytes are %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));

it("no moment is a dash", () => expect(formatTime(undefined)).toBe("–"));
