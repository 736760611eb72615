import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ExactObject } from "../../src/aws/exact-json.ts";
import { scriptProblems } from "../../src/deploy/script-checks.ts";
import { scriptsOfJobs } from "../../src/entries/scripts.ts";
import { loadManifest } from "../../src/manifest/load.ts";
import { ruleNames } from "../../src/manifest/validate-schema.ts";
import { resolveJobs } from "../../src/scripts/resolve.ts";
import type { ScriptFacts } from "../../src/validate/checker-answer.ts";
import { type RuleId, ruleAnchor, rules } from "../../src/validate/rules.ts";
import { findUnmanaged } from "../../src/validate/unmanaged.ts";
import { validateScripts } from "../../src/validate/validate.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { workspaceWith } from "../support/workspace.ts";
import { whole } from "./cases/parts.ts";
import { judgeOptions } from "./support.ts";

const page = await readFile(join(import.meta.dirname, "../../docs/rules.md"), "utf8");
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((section): [string, string] => [section.slice(0, section.indexOf("\n")), section]),
);
const ruleIds = Object.keys(rules) as RuleId[];
const today = Date.parse("2026-06-01");
const head =
  "version: 1\nname: acme\nenvironments: { dev: { region: us-east-1 } }\nscripts: { bucket: acme-scripts }\n";

/** The job that the examples of a plan's rules are for, as their sections describe it. */
const live: Readonly<Record<string, ExactObject>> = {
  "missing-argument": { "--metadata": "true" },
  "argument-prefix": { "--metadata": "true", "--metadata_location": "s3://acme/m/" },
  "missing-module": {},
};

/** The rules of plans that a script yields for the live job of a rule's section. */
function plannedOf(rule: string, facts: ScriptFacts | undefined): string[] {
  const own = live[rule];
  if (own === undefined || facts === undefined) return [];
  const problems = scriptProblems({
    facts,
    live: { GlueVersion: "5.0", Command: { Name: "glueetl" }, DefaultArguments: own },
    steps: [{}],
    importable: [],
    foreign: [],
    strict: false,
  });
  return problems.map((problem) => problem.rule);
}

/** The rules that an example yields: a whole script for one job, or the jobs of a manifest. */
async function findingsOf(rule: string, { language, text }: Example): Promise<string[]> {
  const glueVersion = rule === "newer-syntax" ? "3.0" : "5.0";
  const job = `jobs:\n  silver: { job: acme-silver, script: glue_jobs/silver.py, glue-version: "${glueVersion}", bookmarks: true }\n`;
  const workspace = await workspaceWith(
    language === "python"
      ? { "glue-pipeline.yml": head + job, "glue_jobs/silver.py": text }
      : {
          "glue-pipeline.yml": head + text,
          "glue_jobs/silver.py": whole,
          ...(rule === "unmanaged-script" ? { "glue_jobs/gold.py": whole } : {}),
        },
  );
  const manifest = await loadManifest({ workspace, path: "glue-pipeline.yml" });
  const { jobs, problems } = await resolveJobs(manifest, workspace);
  const { scripts } = scriptsOfJobs(workspace, jobs, problems);
  const result = await validateScripts({
    ...judgeOptions,
    facts: true,
    scripts,
    unavailable: problems,
    unmanaged: await findUnmanaged(workspace, jobs),
    failOn: "error",
    clock: fakeClock(today),
  });
  const facts = result.facts?.get("glue_jobs/silver.py");
  return [...result.findings.map((finding) => finding.rule), ...plannedOf(rule, facts)];
}

interface Example {
  readonly language: string;
  readonly text: string;
}

function exampleOf(rule: RuleId, kind: "bad" | "good"): Example {
  const pattern = new RegExp(`^\`\`\`(python|yaml) ${kind}\\n([\\s\\S]*?)^\`\`\`$`, "m");
  const [, language = "", text = ""] = pattern.exec(sections.get(rule) ?? "") ?? [];
  return { language, text };
}

describe("docs/rules.md", () => {
  it("has a section under every rule's anchor", () => {
    expect(ruleIds.map(ruleAnchor)).toEqual(ruleIds.map((id) => `docs/rules.md#${id}`));
    expect([...sections.keys()]).toEqual(expect.arrayContaining(ruleIds));
    const others = ["How to live with a finding", "Libraries", "How often the rules are right"];
    expect([...sections.keys()].filter((name) => !others.includes(name)).sort()).toEqual(
      [...ruleNames].sort(),
    );
  });

  it.each(ruleIds)("shows a bad example that yields %s", async (rule) => {
    expect(await findingsOf(rule, exampleOf(rule, "bad"))).toContain(rule);
  });

  it.each(ruleIds)("shows a good example in place of %s that yields nothing", async (rule) => {
    const example = exampleOf(rule, "good");
    expect(example.text).not.toBe("");
    expect(await findingsOf(rule, example)).toEqual([]);
  });
});
