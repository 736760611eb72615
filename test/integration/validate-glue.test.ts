import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findingsFileSchema } from "../../src/validate/findings.ts";
import { runBuiltAction } from "../support/action.ts";
import { breakSilver, medallionWorkspace } from "../support/medallion.ts";
import { workspaceWith } from "../support/workspace.ts";

const silver = "glue_jobs/silver_consolidation_job.py";

describe("validate-glue, built", () => {
  it("passes the example", async () => {
    const result = await runBuiltAction("validate-glue", await medallionWorkspace());
    expect(result).toMatchObject({
      exitCode: 0,
      errors: [],
      outputs: { result: "passed", "scripts-checked": "4", errors: "0" },
    });
    expect(result.summary).toContain("✅");
  });

  it("finds the incident's orphan block with its exact range, origin and mend", async () => {
    const workspace = await medallionWorkspace();
    await breakSilver(workspace);
    const result = await runBuiltAction("validate-glue", workspace, {
      "findings-file": "out/findings.json",
      "sarif-file": "out/f.sarif",
    });
    expect(result).toMatchObject({
      exitCode: 1,
      outputs: { result: "failed", errors: "2", "findings-file": "out/findings.json" },
    });
    const { findings } = findingsFileSchema.parse(
      JSON.parse(await readFile(join(workspace, "out/findings.json"), "utf8")),
    );
    expect(findings).toMatchObject([
      { rule: "syntax-error", severity: "error", path: silver, startLine: 294 },
      {
        rule: "orphan-code",
        severity: "error",
        path: silver,
        startLine: 294,
        endLine: 523,
        message: expect.stringMatching(
          /^230 lines after job\.commit\(\) on line 293; lines 294–520 repeat lines 60–286; .*unexpected indent/,
        ),
        fix: { deleteLines: [294, 523] },
      },
    ]);
    expect(result.log).toContain(
      `::error title=Orphan code after the final commit (orphan-code),file=${silver},line=294,endLine=523::`,
    );
    expect(result.summary).toMatch(/294.523/);
    expect(JSON.parse(await readFile(join(workspace, "out/f.sarif"), "utf8"))).toMatchObject({
      version: "2.1.0",
    });
  });

  it("with fix gives back the good script byte for byte", async () => {
    const [workspace, good] = [await medallionWorkspace(), await medallionWorkspace()];
    await breakSilver(workspace);
    expect(await runBuiltAction("validate-glue", workspace, { fix: "true" })).toMatchObject({
      exitCode: 0,
      outputs: { result: "passed" },
    });
    expect(await readFile(join(workspace, silver))).toEqual(await readFile(join(good, silver)));
  });

  it("needs no manifest when paths are given", async () => {
    const workspace = await workspaceWith({ "jobs/a.py": "print(1)\n", "jobs/b.py": "print((\n" });
    const result = await runBuiltAction("validate-glue", workspace, { paths: "jobs/*.py" });
    expect(result).toMatchObject({ exitCode: 1, outputs: { "scripts-checked": "2", errors: "1" } });
    expect(result.errors[0]).toMatch(/was never closed/);
  });

  it.each([
    ["no manifest", {}, {}, /^glue-pipeline\.yml: there is no manifest at glue-pipeline\.yml\. Create/],
    ["a YAML error", { "glue-pipeline.yml": "version: [\n" }, {}, /glue-pipeline\.yml:\d+: .*not valid YAML/],
    [
      "an unknown environment",
      { "glue-pipeline.yml": "environments: { dev: {}, prod: {} }\n" },
      { environment: "pord" },
      /Did you mean "prod"\?/,
    ],
    ["a glob that matches nothing", {}, { paths: "nope/*.py" }, /no file matches "nope\/\*\.py"/],
    ["a bad boolean", {}, { fix: "yes" }, /input fix: "yes" must be one of true, false/],
    ["an unknown input", {}, { fial: "x" }, /no input "fial"\. Did you mean/],
  ])("explains %s in one error and exits 1", async (_, files, inputs, message) => {
    const workspace = await workspaceWith(files as Record<string, string>);
    const result = await runBuiltAction("validate-glue", workspace, inputs as Record<string, string>);
    expect(result.exitCode).toBe(1);
    expect(result.outputs["result"]).toBe("failed");
    expect(result.errors).toEqual([expect.stringMatching(message)]);
  });

  it("names a script of the manifest that isn't there", async () => {
    const workspace = await workspaceWith({
      "glue-pipeline.yml":
        "version: 1\nname: x\nenvironments: { dev: { region: us-east-1 } }\nscripts: { bucket: abc }\njobs:\n  a: { job: a, script: gone.py }\n",
    });
    const result = await runBuiltAction("validate-glue", workspace);
    expect(result.exitCode).toBe(1);
    expect(result.errors[0]).toMatch(/gone\.py is named in the manifest but is not in the repository/);
  });
});
