import { describe, expect, it } from "vitest";
import { compareRuns } from "../../src/e2e/compare-runs.ts";
import { compareWithLastGreen } from "../../src/e2e/last-green.ts";
import { measureRun } from "../../src/e2e/measured-run.ts";
import { written } from "../aws/answers.ts";
import { refusedByS3, type Script } from "../aws/scripted.ts";
import { incident } from "../report/e2e/incident.ts";
import { green as compared } from "../report/e2e/runs.ts";
import { scriptedRun } from "./scripted-run.ts";

const { comparison: _, ...green } = compared;
const now = measureRun(green);
const before = { ...now, runId: "1", milliseconds: 5 };
const onRecord = { ...written, body: JSON.stringify({ version: 1, run: before }) };
const uri = "s3://b/p/_runs/dev/last-green/run.json";

async function compareOn(result: typeof green, script: Script, signal = new AbortController().signal) {
  const folder = { bucket: { name: "b" }, prefix: "p/_runs/dev/" };
  const run = await scriptedRun({ PUT: [written], ...script }, { folder, signal });
  const { comparison } = await compareWithLastGreen(run, result);
  const puts = run.sent.filter(({ operation }) => operation === "PUT").map(({ body }) => JSON.parse(body));
  return { comparison, puts, events: run.events, seen: run.seen };
}

describe("the record of the last green run", () => {
  it("is compared with, and then is this run where all of it is green", async () => {
    const { comparison, puts, events } = await compareOn(green, { GET: [onRecord] });
    expect(comparison).toEqual(compareRuns(before, now));
    expect(puts).toEqual([{ version: 1, run: now }]);
    expect(events).toEqual([]);
  });

  it("begins with the first green run, which has nothing to be compared with", async () => {
    const { comparison, puts } = await compareOn(green, { GET: [{ status: 404 }] });
    expect(comparison).toEqual({ total: {}, steps: [] });
    expect(puts).toHaveLength(1);
  });

  it("is compared with by a run that failed, and stays", async () => {
    const { comparison, puts } = await compareOn(incident, { GET: [onRecord] });
    expect(comparison?.lastGreen?.runId).toBe("1");
    expect(puts).toEqual([]);
  });

  it.each([
    ["that is refused", refusedByS3("AccessDenied", 403)],
    ["of another format", { ...written, body: JSON.stringify({ version: 2, run: before }) }],
    ["that is no JSON", { ...written, body: "{" }],
  ])("%s is a warning, no comparison, and written anew", async (_, answer) => {
    const { comparison, puts, events } = await compareOn(green, { GET: [answer] });
    expect(comparison).toBeUndefined();
    expect(puts).toHaveLength(1);
    expect(events).toEqual([
      {
        code: "e2e.last-green",
        level: "warning",
        message: expect.stringContaining(`the last green run (${uri}) could not be read: `),
      },
    ]);
  });

  it("that can't be written is a warning, and no reason to leave the comparison out", async () => {
    const script = { GET: [onRecord], PUT: [refusedByS3("AccessDenied", 403)] } as const;
    const { comparison, events } = await compareOn(green, script);
    expect(comparison?.lastGreen?.runId).toBe("1");
    expect(events.map(({ message }) => message)).toEqual([
      expect.stringContaining(`the last green run (${uri}) could not be written: `),
    ]);
  });

  it("is left alone by a run that was cancelled", async () => {
    const { comparison, seen } = await compareOn(green, { GET: [onRecord] }, AbortSignal.abort());
    expect([comparison, seen]).toEqual([undefined, []]);
  });
});
