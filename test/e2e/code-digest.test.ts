import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { checkRelease } from "../../src/e2e/checks/release.ts";
import { runStep } from "../../src/e2e/steps/run.ts";
import type { Script } from "../aws/scripted.ts";
import { runSilver } from "./checks/support.ts";
import { scriptedRun, wholeIntent } from "./scripted-run.ts";

const digest = (text: string, encoding: "hex" | "base64" = "hex") =>
  createHash("sha256").update(text).digest(encoding);
const object = (text: string) => ({
  status: 200,
  headers: { etag: '"e"', "x-amz-checksum-sha256": digest(text, "base64") },
});
const script = `s3://s/silver/silver-${digest("script").slice(0, 12)}.py`;
const library = `s3://s/libs/libs-${digest("library").slice(0, 12)}.zip`;
const definition = {
  Name: "silver-dev",
  Command: { Name: "glueetl", ScriptLocation: script },
  DefaultArguments: { "--extra-py-files": library },
};
const ran = {
  GetJob: [{ Job: definition }],
  GetJobRuns: [{}],
  StartJobRun: [{ JobRunId: "jr_1" }],
  GetJobRun: [{ JobRun: { Id: "jr_1", JobRunState: "SUCCEEDED" } }],
} as const;

/** What S3 has under each of the two keys, look by look. */
const stored = (scripts: readonly string[], libraries: readonly string[]): Script => ({
  HEAD: [
    ({ path }, sent) => {
      const texts = path.includes("silver") ? scripts : libraries;
      const looks = sent.filter((each) => each.operation === "HEAD" && each.path === path).length;
      return object(texts[Math.min(looks, texts.length) - 1] ?? "");
    },
  ],
});

describe("what a job ran", () => {
  it("is told by the full digests of script and libraries", async () => {
    const run = await scriptedRun({ ...ran, ...stored(["script"], ["library"]) });
    expect(await runStep(runSilver, run)).toMatchObject({
      state: "passed",
      details: {
        script: { location: script, sha256: digest("script") },
        libraries: [{ location: library, sha256: digest("library") }],
      },
    });
    expect(run.states[0]).toContain(`SHA-256 ${digest("script")}`);
  });

  it.each([
    ["script", ["by hand"], ["library"], script],
    ["library", ["script"], ["by hand"], library],
  ])("is not started where the %s was overwritten by hand", async (_, scripts, libraries, location) => {
    const run = await scriptedRun({ ...ran, ...stored(scripts, libraries) });
    expect(await runStep(runSilver, run)).toMatchObject({
      state: "failed",
      problems: [{ code: "code-altered", facts: { location, sha256: digest("by hand") } }],
    });
    expect(run.seen).not.toContain("StartJobRun");
  });

  it.each([
    ["script", ["script", "other"], ["library"], script],
    ["library", ["script"], ["library", "other"], library],
  ])("is not known where the %s was overwritten meanwhile", async (_, scripts, libraries, location) => {
    const run = await scriptedRun({ ...ran, ...stored(scripts, libraries) });
    expect(await runStep(runSilver, run)).toMatchObject({
      state: "failed",
      problems: [{ code: "code-changed", facts: { location, after: digest("other") } }],
    });
  });
});

describe("an expected release", () => {
  const releases = (digests: Readonly<Record<string, string>>) => ({
    find: () =>
      Promise.resolve({
        id: "r1",
        scripts: new Map([["silver-dev", script]]),
        digests: new Map(Object.entries(digests)),
      }),
  });
  const check = async (objects: Script, digests: Readonly<Record<string, string>> = {}) => {
    const run = await scriptedRun({ BatchGetJobs: [{ Jobs: [definition] }], ...objects });
    const context = { ...run, releases: releases(digests) as never, e2e: { ...run.e2e, steps: [runSilver] } };
    const problems = await checkRelease(context, { ...wholeIntent, expectRelease: "r1" });
    return problems.map(({ code, facts, step }) => [code, facts["location"], step]);
  };

  it("is what lies under its keys, byte for byte", async () => {
    expect(await check(stored(["script"], ["library"]))).toEqual([]);
    expect(await check(stored(["by hand"], ["library"]))).toEqual([["code-altered", script, "step"]]);
    expect(await check(stored(["script"], ["by hand"]))).toEqual([["code-altered", library, "step"]]);
  });

  it("is judged by the full digests where its record has them", async () => {
    const both = { [script]: digest("script"), [library]: digest("library") };
    expect(await check(stored(["script"], ["library"]), both)).toEqual([]);
    expect(await check(stored(["script"], ["library"]), { [script]: digest("script") })).toEqual([]);
    const twin = (name: string) => `${digest(name).slice(0, 12)}${"0".repeat(52)}`;
    for (const [location, name] of [
      [script, "script"],
      [library, "library"],
    ] as const) {
      const wrong = { ...both, [location]: twin(name) };
      expect(await check(stored(["script"], ["library"]), wrong)).toEqual([
        ["code-altered", location, "step"],
      ]);
    }
  });

  it("is not taken on trust where its bytes can't be read", async () => {
    const unread = await check({ HEAD: [{ status: 403 }] });
    expect(unread.map(([code]) => code)).toEqual(["code-unread", "code-unread"]);
  });
});
