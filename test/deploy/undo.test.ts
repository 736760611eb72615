import { describe, expect, it } from "vitest";
import { ToolkitError } from "../../src/base/errors.ts";
import { allMoved, describeUndo, undoMoves } from "../../src/deploy/undo.ts";
import { refused } from "../aws/scripted.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { placeOn } from "./support/scripted-place.ts";
import { onCall, type SmallAws, smallAws } from "./support/small-aws.ts";

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
      { restored: ["a"], leftAlone: [], failed: [], foreign: [] },
    ],
    ["stands where it did", live("s3://b/old.py"), { restored: [], leftAlone: [], failed: [], foreign: [] }],
    [
      "is somebody else's by now",
      live("s3://b/other.py"),
      { restored: [], leftAlone: ["a"], failed: [], foreign: [] },
    ],
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
      foreign: [],
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
      foreign: [],
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
    [{ restored: [], leftAlone: [], failed: [], foreign: [] }, "No job had to be moved back."],
    [{ restored: ["a"], leftAlone: [], failed: [], foreign: [] }, "Moved back 1 job: a."],
    [
      { restored: ["a", "b"], leftAlone: ["c"], failed: [{ job: "d", why: "denied" }], foreign: [] },
      "Moved back 2 jobs: a, b. Left alone, because somebody else changed or deleted them: c. Could not be moved back (the next deploy tries again): d (denied).",
    ],
    [
      { restored: ["a"], leftAlone: ["b", "c"], failed: [{ job: "d", why: "x" }], foreign: [] },
      "Moved back 1 job: a. Left alone, because somebody else changed or deleted them: b, c. Could not be moved back (the next deploy tries again): d (x).",
    ],
    [
      {
        restored: [],
        leftAlone: [],
        failed: [
          { job: "a", why: "x" },
          { job: "b", why: "y" },
        ],
        foreign: [],
      },
      "Could not be moved back (the next deploy tries again): a (x), b (y).",
    ],
    [
      { restored: ["a", "b"], leftAlone: [], failed: [], foreign: ["a (Timeout)", "b (MaxRetries, Role)"] },
      "Moved back 2 jobs: a, b. Kept what somebody else changed meanwhile: a (Timeout); b (MaxRetries, Role).",
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

describe("jobs that are moved back", () => {
  const at = (script: string) => ({ scriptLocation: `s3://s/${script}.py`, extraPyFiles: null });
  const moveOf = (name: string) => ({ key: name, job: name, from: at("old"), to: at("new") });
  const jobAt = (Name: string, script: string, more: object = {}) => ({
    Name,
    LastModifiedOn: 1,
    Command: { Name: "glueetl", ScriptLocation: at(script).scriptLocation },
    ...more,
  });
  const nothing = { restored: [], leftAlone: [], failed: [], foreign: [] };

  it("get their script back and keep all else", async () => {
    const aws = await smallAws([jobAt("a", "new", { Description: "mine" })]);
    expect(await undoMoves(placeOf(aws), [moveOf("a")], lock)).toEqual({ ...nothing, restored: ["a"] });
    expect(aws.jobs.get("a")).toEqual({ ...jobAt("a", "old", { Description: "mine" }), LastModifiedOn: 2 });
  });

  it("are written back whatever they seem to be where they were just updated", async () => {
    const aws = await smallAws([jobAt("a", "old"), jobAt("b", "old")]);
    const moves = [moveOf("a"), moveOf("b")];
    expect(await undoMoves(placeOf(aws), moves, lock, new Set(["a"]))).toEqual({
      ...nothing,
      restored: ["a"],
    });
    const updates = aws.clients.sent.filter(({ operation }) => operation === "UpdateJob");
    expect(updates.map(({ body }) => JSON.parse(body).JobName)).toEqual(["a"]);
  });

  it("are read 25 at a time, right before they are written", async () => {
    const names = Array.from({ length: 51 }, (_, index) => `j${index}`);
    const aws = await smallAws(names.map((name) => jobAt(name, "new")));
    expect((await undoMoves(placeOf(aws), names.map(moveOf), lock)).restored).toEqual(names);
    const batches = aws.clients.sent.filter(({ operation }) => operation === "BatchGetJobs");
    expect(batches.map(({ body }) => JSON.parse(body).JobNames.length)).toEqual([25, 25, 1]);
    const last = aws.clients.seen.lastIndexOf("BatchGetJobs");
    expect(aws.clients.seen.indexOf("UpdateJob")).toBeLessThan(last);
  });

  it("are not sent anything without the lock, before and right when they are written", async () => {
    const lapsed = new ToolkitError({ code: "lock-lapsed", message: "lapsed", remedy: "r", source: "user" });
    for (const lost of [
      { ...lock, assertHeld: () => Promise.reject(lapsed) },
      {
        ...lock,
        assertFresh: () => {
          throw lapsed;
        },
      },
    ]) {
      const aws = await smallAws([jobAt("a", "new")]);
      expect(await undoMoves(placeOf(aws), [moveOf("a")], lost)).toEqual({
        ...nothing,
        failed: [{ job: "a", why: "lapsed" }],
      });
      expect(aws.clients.seen).not.toContain("UpdateJob");
    }
  });

  it("are read again after an open outcome, and restored where that had worked", async () => {
    const aws = await smallAws([jobAt("a", "new")]);
    aws.twist("UpdateJob", (_, usual) => {
      usual();
      return refused("OperationTimeoutException");
    });
    expect(await undoMoves(placeOf(aws), [moveOf("a")], lock)).toEqual({ ...nothing, restored: ["a"] });
    expect(aws.clients.seen).toEqual(["BatchGetJobs", "UpdateJob", "GetJob"]);
  });

  it("are tried six times", async () => {
    const busy = () => refused("ConcurrentModificationException");
    const aws = await smallAws([jobAt("a", "new")]);
    aws.twist("UpdateJob", onCall([1, 2, 3, 4, 5], busy));
    expect((await undoMoves(placeOf(aws), [moveOf("a")], lock)).restored).toEqual(["a"]);
    aws.jobs.set("a", jobAt("a", "new"));
    aws.twist("UpdateJob", busy);
    const { failed } = await undoMoves(placeOf(aws), [moveOf("a")], lock);
    expect(failed).toEqual([{ job: "a", why: expect.stringContaining("ConcurrentModification") }]);
  });

  it("and only lost something, are written back as they were", async () => {
    const original = jobAt("a", "old", { Description: "mine" });
    const aws = await smallAws([jobAt("a", "old")]);
    const originals = new Map([["a", original as never]]);
    expect((await undoMoves(placeOf(aws), [moveOf("a")], lock, new Set(), originals)).restored).toEqual([
      "a",
    ]);
    expect(aws.jobs.get("a")).toEqual({ ...original, LastModifiedOn: 2 });
  });

  it("were all moved only if every one of them was", async () => {
    const aws = await smallAws([jobAt("a", "new"), jobAt("b", "old")]);
    expect(await allMoved(placeOf(aws), [moveOf("a"), moveOf("b")])).toBe(false);
    expect(await allMoved(placeOf(aws), [moveOf("a")])).toBe(true);
    expect(await allMoved(placeOf(aws), [])).toBe(true);
  });
});

function placeOf({ clients }: SmallAws) {
  return { clients, clock: fakeClock(), progress: () => undefined };
}
