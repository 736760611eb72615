import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { pinOwnActions } from "../../scripts/own-actions.ts";
import { deployGlue } from "../../src/contract/deploy-glue.ts";
import { runE2e } from "../../src/contract/run-e2e.ts";
import { validateGlue } from "../../src/contract/validate-glue.ts";

const folder = join(import.meta.dirname, "../../.github/workflows");
const files = readdirSync(folder);
const reusable = files.filter((file) => file.startsWith("glue-"));
const own = "glue-deploy-toolkit/glue-deploy-toolkit/actions/";
const inputs = z.record(z.string(), z.looseObject({ type: z.string(), description: z.string() }));
const workflow = z.looseObject({
  on: z.looseObject({
    workflow_call: z.looseObject({ inputs }).optional(),
    workflow_dispatch: z.looseObject({ inputs }).optional(),
  }),
  permissions: z.strictObject({}),
  concurrency: z.looseObject({ group: z.string(), "cancel-in-progress": z.union([z.boolean(), z.string()]) }),
  jobs: z.record(
    z.string(),
    z.looseObject({
      "timeout-minutes": z.number(),
      permissions: z.record(z.string(), z.string()),
      steps: z.array(
        z.looseObject({ uses: z.string().optional(), with: z.record(z.string(), z.unknown()).default({}) }),
      ),
    }),
  ),
});

const text = (file: string) => readFileSync(join(folder, file), "utf8");
const read = (file: string) => workflow.parse(parse(text(file)));
const stepsOf = (file: string) => Object.values(read(file).jobs).flatMap(({ steps }) => steps);

describe.each(files)("%s", (file) => {
  it("grants nothing to the whole workflow, and limits every job in rights and time", () => {
    expect(read(file).permissions).toEqual({});
  });

  it("pins the actions of others by commit, and keeps no credentials in a checkout", () => {
    const others = stepsOf(file).filter(({ uses }) => uses !== undefined && !uses.startsWith(own));
    expect(others.filter(({ uses }) => !/@[0-9a-f]{40}$/.test(uses ?? ""))).toEqual([]);
    const checkouts = others.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkouts.filter((step) => step.with["persist-credentials"] !== false)).toEqual([]);
  });
});

describe.each(reusable)("%s", (file) => {
  it("gives the toolkit's actions only inputs that they have", () => {
    const toolkit = stepsOf(file).filter(({ uses }) => uses?.startsWith(own));
    expect(toolkit.length).toBeGreaterThan(0);
    for (const { uses, with: given } of toolkit) {
      const contract = [validateGlue, deployGlue, runE2e].find(({ id }) => uses === `${own}${id}@v1`);
      expect(Object.keys(contract?.inputs ?? {})).toEqual(expect.arrayContaining(Object.keys(given)));
    }
  });

  it("asks by hand for nothing that it doesn't take when it is called, and with types", () => {
    const { workflow_call: call, workflow_dispatch: dispatch } = read(file).on;
    expect(Object.keys(call?.inputs ?? {})).toEqual(
      expect.arrayContaining(Object.keys(dispatch?.inputs ?? {})),
    );
    expect(dispatch?.inputs["environment"]?.type ?? "environment").toBe("environment");
  });

  it("never cancels what changes an environment, and lets one at a time do so", () => {
    const { concurrency } = read(file);
    const changes = file !== "glue-pull-request.yml";
    expect(concurrency["cancel-in-progress"]).toBe(!changes);
    if (changes) expect(concurrency.group).toBe("glue-${{ inputs.environment }}");
  });

  it("is pinned to the released commit in a release, wherever it uses the toolkit", () => {
    const commit = "0123456789abcdef0123456789abcdef01234567";
    const pinned = pinOwnActions(text(file), commit, "1.2.3");
    const uses = stepsOf(file).filter((step) => step.uses?.startsWith(own)).length;
    expect(pinned.split(`@${commit} # v1.2.3\n`)).toHaveLength(uses + 1);
    expect(pinOwnActions(pinned, commit, "1.2.3")).toBe(pinned);
  });
});

describe("pinOwnActions", () => {
  it.each([
    ["v1", "1.2.3"],
    ["0123456789abcdef0123456789abcdef01234567", "v1"],
  ])("refuses commit %s with version %s", (commit, version) => {
    expect(() => pinOwnActions("", commit, version)).toThrow("is no");
  });
});
