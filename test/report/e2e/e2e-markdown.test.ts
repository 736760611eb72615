import { readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { type CauseText, causes, knownProblem } from "../../../src/e2e/causes.ts";
import { e2eResultSchema } from "../../../src/e2e/result.ts";
import { portugueseCauses } from "../../../src/report/e2e-causes.pt-br.ts";
import { renderE2eJson } from "../../../src/report/e2e-json.ts";
import { renderE2eMarkdown } from "../../../src/report/e2e-markdown.ts";
import { incident } from "./incident.ts";

describe("renderE2eMarkdown", () => {
  it.each(["en", "pt-BR"] as const)("tells the incident in %s", async (language) => {
    await expect(renderE2eMarkdown(incident, language)).toMatchFileSnapshot(`incident.${language}.md`);
  });

  it("says that all went well when it did", () => {
    const passed = {
      ...incident,
      result: "passed" as const,
      steps: [],
      problems: [],
      progress: { done: 5, total: 5, percent: 100 },
    };
    const report = renderE2eMarkdown(passed);
    expect(report).toContain("All 5 parts were completed as expected.");
    expect(report).toContain("## 🐛 Problems found\n\nNone.");
  });

  it("tells warnings that are alike but for their job once, and errors each", () => {
    const warning = (job: string) => knownProblem("no-bookmark", { job }, { severity: "warning" });
    const error = { ...warning("gone"), severity: "error" as const };
    const report = renderE2eMarkdown({
      ...incident,
      problems: [warning("silver"), error, warning("gold"), error],
    });
    expect([...report.matchAll(/^### \d+\. .*$/gm)].map(([line]) => line)).toEqual([
      "### 1. ❌ `no-bookmark`",
      "### 2. ❌ `no-bookmark`",
      "### 3. ⚠️ `no-bookmark`",
    ]);
    expect(report).toContain("| job silver has no bookmark to reset<br>job gold has no bookmark to reset |");
  });

  it("lets no text of a service or a row become markup, a mention or a secret told", () => {
    const hostile =
      "\u001b[31m<img src=x onerror=alert(1)> | `a` ```\n## @octocat [x](https://evil.example) password=hunter2";
    const report = renderE2eMarkdown({
      ...incident,
      steps: [
        {
          key: "check",
          kind: "query",
          needs: [],
          state: "failed",
          blockedBy: [],
          timeline: [],
          details: {
            sql: `SELECT 1 -- \`\`\`\n${hostile}`,
            columns: [hostile],
            sample: [[hostile, null]],
            expected: ["0 rows"],
            actual: [hostile],
          },
        },
      ],
      problems: [
        {
          severity: "error",
          code: "other",
          step: "check",
          message: hostile,
          remedy: hostile,
          facts: {},
          excerpt: [hostile],
        },
      ],
    });
    const prose = report
      .replaceAll(/(`{3,})[a-z]*\n[\s\S]*?\n\1/g, "")
      .replaceAll(/(`+)[^`\n][^\n]*?\1/g, "");
    expect(prose).not.toMatch(/<img|@octocat|(?<!\\)\[x\]/);
    expect(report).not.toContain("hunter2");
    expect(report).not.toContain("\u001b");
    for (const line of report.split("\n").filter((text) => text.startsWith("| Cause"))) {
      expect(line.match(/(?<!\\)\|/g)).toHaveLength(3);
    }
  });

  it("cuts an error message of ten megabytes", () => {
    const message = "x".repeat(10_000_000);
    const problems = [{ severity: "error" as const, code: "other", message, remedy: "r", facts: {} }];
    expect(renderE2eMarkdown({ ...incident, problems }).length).toBeLessThan(20_000);
  });
});

describe("the causes in Portuguese", () => {
  it.each(Object.keys(causes) as (keyof typeof causes)[])(
    "%s uses the facts that the English one does",
    (code) => {
      const placeholders = (text: CauseText) =>
        new Set(`${text.message} ${text.hint} ${text.remedy}`.match(/\{\w+\}/g));
      expect(placeholders(portugueseCauses[code])).toEqual(placeholders(causes[code]));
    },
  );
});

describe("renderE2eJson", () => {
  it("is the whole result as its schema has it", () => {
    expect(e2eResultSchema.parse(JSON.parse(renderE2eJson(incident)))).toEqual(incident);
  });

  it("is what the published schema says", async () => {
    const path = new URL("../../../schemas/e2e-report.schema.json", import.meta.url);
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(
      JSON.parse(await readFile(path, "utf8")),
    );
    expect(validate(JSON.parse(renderE2eJson(incident))), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...incident, startedAt: "yesterday" })).toBe(false);
    expect(validate({ ...incident, more: 1 })).toBe(false);
  });

  it("refuses a result that is not one", () => {
    expect(() => renderE2eJson({ ...incident, startedAt: "yesterday" })).toThrow();
  });
});
