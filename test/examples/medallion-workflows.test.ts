import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { deployGlue } from "../../src/contract/deploy-glue.ts";
import { runE2e } from "../../src/contract/run-e2e.ts";
import { validateGlue } from "../../src/contract/validate-glue.ts";
import { readExample } from "./medallion-files.ts";

const step = z.looseObject({
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
});
const workflow = z.looseObject({
  permissions: z.record(z.string(), z.string()),
  concurrency: z.looseObject({ group: z.string(), "cancel-in-progress": z.boolean() }),
  jobs: z.record(
    z.string(),
    z.looseObject({
      "timeout-minutes": z.number(),
      permissions: z.record(z.string(), z.string()),
      steps: z.array(step),
    }),
  ),
});

const contracts = { "validate-glue": validateGlue, "deploy-glue": deployGlue, "run-e2e": runE2e };
const files = ["validate.yml", "deploy.yml", "e2e-rerun.yml"];

function read(file: string) {
  return workflow.parse(parse(readExample(`.github/workflows/${file}`)));
}

function stepsOf(file: string) {
  return Object.values(read(file).jobs).flatMap(({ steps }) => steps);
}

describe.each(files)("the workflow %s", (file) => {
  it("gives the toolkit's actions only inputs that they have", () => {
    const unknown = stepsOf(file).flatMap(({ uses = "", with: given }) => {
      const contract = Object.values(contracts).find(({ id }) => uses.includes(`/actions/${id}@`));
      return contract ? Object.keys(given).filter((name) => !(name in contract.inputs)) : [];
    });
    expect(unknown).toEqual([]);
  });

  it("pins the actions of others by commit", () => {
    const others = stepsOf(file).flatMap(({ uses }) => (uses?.startsWith("<owner>/") ? [] : [uses ?? ""]));
    expect(others.length).toBeGreaterThan(1);
    expect(others.filter((uses) => !/@[0-9a-f]{40}$/.test(uses))).toEqual([]);
  });

  it("grants nothing to the workflow, and to no job more than it needs", () => {
    const { permissions, jobs } = read(file);
    expect(permissions).toEqual({});
    const aws = { contents: "read", "id-token": "write" };
    const wanted = file === "validate.yml" ? { contents: "read", "pull-requests": "write" } : aws;
    expect(Object.values(jobs).map((job) => job.permissions)).toEqual(Object.values(jobs).map(() => wanted));
  });

  it("keeps no credentials in the checkout", () => {
    const checkouts = stepsOf(file).filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkouts.map((checkout) => checkout.with)).toEqual(
      checkouts.map(() => ({ "persist-credentials": false })),
    );
  });
});

describe("the workflows that change the environment", () => {
  it("wait for each other, and are never cancelled halfway", () => {
    const groups = ["deploy.yml", "e2e-rerun.yml"].map((file) => read(file).concurrency);
    expect(groups).toEqual(groups.map(() => ({ group: "glue-dev", "cancel-in-progress": false })));
  });
});
