import { describe, expect, it } from "vitest";
import { allMoved, describeUndo, undoMoves } from "../../src/deploy/undo.ts";
import { refused } from "../aws/scripted.ts";
import { placeOn } from "./support/scripted-place.ts";

const from = { scriptLocation: "s3://b/old.py", extraPyFiles: null };
const to = { scriptLocation: "s3://b/new.py", extraPyFiles: null };
const move = { key: "a", job: "a", from, to };
const lock = { assertHeld: () => Promise.resolve(), assertFresh: () => undefined };
const live = (ScriptLocation: string, more: object = {}) => ({
  Name: "a",
  Command: { Name: "glueetl", ScriptLocation },
  ...more,
});

describe("what is moved back", () => {
  it.each([
    [
      "stands where the release put it",
      live("s3://b/new.py"),
      { restored: ["a"], leftAlone: [], failed: [] },
    ],
    ["stands where it did", live("s3://b/old.py"), { restored: [], leftAlone: [], failed: [] }],
    ["is somebody else's by now", live("s3://b/other.py"), { restored: [], leftAlone: ["a"], failed: [] }],
  ])("is a job that %s, or not", async (_, job, expected) => {
    const place = await placeOn({ BatchGetJobs: [{ Jobs: [job] }], UpdateJob: [{ JobName: "a" }] });
    expect(await undoMoves(place, [move], lock)).toEqual(expected);
    expect(place.seen.includes("UpdateJob")).toBe(expected.restored.length > 0);
  });

  it("is read one by one where it can't be read at once, and left alone where it is gone", async () => {
    const script = {
      BatchGetJobs: [refused("InvalidInputException")],
      GetJob: [refused("EntityNotFoundException")],
    } as const;
    expect(await undoMoves(await placeOn(script), [move], lock)).toEqual({
      restored: [],
      leftAlone: ["a"],
      failed: [],
    });
  });

  it("is written back whole where its update lost something", async () => {
    const original = live("s3://b/old.py", { Description: "mine" }) as never;
    const originals = new Map([["a", original]]);
    const damaged = await placeOn({
      BatchGetJobs: [{ Jobs: [live("s3://b/new.py")] }],
      UpdateJob: [{ JobName: "a" }],
    });
    expect((await undoMoves(damaged, [move], lock, new Set(), originals)).restored).toEqual(["a"]);
    const same = await placeOn({ BatchGetJobs: [{ Jobs: [original] }] });
    expect(await undoMoves(same, [move], lock, new Set(), originals)).toEqual({
      restored: [],
      leftAlone: [],
      failed: [],
    });
  });

  it("fails job by job, with the reason", async () => {
    const place = await placeOn({
      BatchGetJobs: [{ Jobs: [live("s3://b/new.py")] }],
      UpdateJob: [refused("AccessDeniedException")],
    });
    const { failed } = await undoMoves(place, [move], lock);
    expect(failed).toEqual([{ job: "a", why: expect.stringContaining("glue:UpdateJob") }]);
  });

  it.each([
    [{ restored: [], leftAlone: [], failed: [] }, "No job had to be moved back."],
    [{ restored: ["a"], leftAlone: [], failed: [] }, "Moved back 1 job: a."],
    [
      { restored: ["a", "b"], leftAlone: ["c"], failed: [{ job: "d", why: "denied" }] },
      "Moved back 2 jobs: a, b. Left alone, because somebody else changed or deleted them: c. Could not be moved back (the next deploy tries again): d (denied).",
    ],
  ])("is told in one sentence: %j", (result, words) => expect(describeUndo(result)).toBe(words));

  it("was all moved where every job stands where its move leads", async () => {
    const at = async (answer: object) =>
      allMoved(await placeOn({ BatchGetJobs: [answer], GetJob: [refused("EntityNotFoundException")] }), [
        move,
      ]);
    expect(await at({ Jobs: [live("s3://b/new.py")] })).toBe(true);
    expect(await at({ Jobs: [live("s3://b/old.py")] })).toBe(false);
    expect(await at({ JobsNotFound: ["a"] })).toBe(false);
  });
});
