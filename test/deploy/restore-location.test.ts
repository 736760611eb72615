import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CodeLocation } from "../../src/deploy/code-location.ts";
import { listEntries } from "../../src/deploy/code-location.ts";
import { rolledBackLocation, undoneLocation } from "../../src/deploy/restore-location.ts";

const isOurs = (entry: string): boolean => entry.startsWith("s3://ours/");
const at = (script: string, ...entries: readonly string[]): CodeLocation => ({
  scriptLocation: `s3://ours/${script}.py`,
  extraPyFiles: entries.length === 0 ? null : entries.join(","),
});
const [old, fresh, lib1, lib2] = ["old", "new", "s3://ours/lib-1.zip", "s3://ours/lib-2.zip"];
const [theirs, others] = ["s3://theirs/x.zip", "s3://theirs/y.zip"];

describe("a release that is undone", () => {
  it.each<[string, CodeLocation, CodeLocation]>([
    ["goes back where nobody touched the job", at(fresh, theirs, lib2), at(old, theirs, lib1)],
    ["keeps an entry that somebody added", at(fresh, theirs, lib2, others), at(old, theirs, others, lib1)],
    ["does not bring back an entry that somebody removed", at(fresh, lib2), at(old, lib1)],
    ["leaves a script that somebody chose", at("hotfix", theirs, lib2), at("hotfix", theirs, lib1)],
    ["leaves alone what holds nothing of it", at("hotfix", others), at("hotfix", others)],
    ["leaves alone what is back already", at(old, theirs, lib1), at(old, theirs, lib1)],
  ])("%s", (_, live, expected) => {
    const change = { before: at(old, theirs, lib1), after: at(fresh, theirs, lib2) };
    const undone = undoneLocation(live, change);
    expect(undone.scriptLocation).toBe(expected.scriptLocation);
    expect(new Set(listEntries(undone.extraPyFiles))).toEqual(new Set(listEntries(expected.extraPyFiles)));
  });

  it("brings back an entry of somebody else's that it had removed", () => {
    const change = { before: at(old, theirs), after: at(fresh, lib1) };
    expect(undoneLocation(at(fresh, lib1, others), change)).toEqual(at(old, theirs, others));
  });
});

describe("a rollback", () => {
  it("keeps the entries that somebody added since, whatever releases lie between", () => {
    const undone = [
      { before: at("two", lib1, theirs), after: at("three", lib2, theirs) },
      { before: at("one", lib1), after: at("two", lib1) },
    ];
    const live = at("three", lib2, theirs, others);
    expect(rolledBackLocation(live, at("one", lib1), undone, isOurs)).toEqual(
      at("one", lib1, theirs, others),
    );
  });

  it("repairs a script and a library that somebody else changed", () => {
    const undone = [{ before: at("one", lib1), after: at("two", lib2) }];
    expect(rolledBackLocation(at("theirs"), at("one", lib1), undone, isOurs)).toEqual(at("one", lib1));
  });

  it("changes nothing where nothing differs, not even the form of the list", () => {
    const live = { ...at("one"), extraPyFiles: ` ${theirs} ,${lib1}` };
    expect(rolledBackLocation(live, { ...at("one", lib1) }, [], isOurs)).toEqual(live);
  });
});

const ours = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d").map((name) => `s3://ours/${name}.zip`));
const foreign = fc.uniqueArray(fc.constantFrom("p", "q", "r", "s").map((name) => `s3://theirs/${name}.zip`));

/** A release that replaced libraries of ours among entries of somebody else's, and what these are by now. */
const history = fc
  .record({ before: ours, after: ours, standing: foreign, live: foreign, seed: fc.integer() })
  .map(({ before, after, standing, live, seed }) => {
    const mixed = (own: readonly string[], others: readonly string[]) =>
      seed % 2 === 0 ? [...own, ...others] : [...others, ...own];
    return {
      before: at("old", ...mixed(before, standing)),
      after: at("new", ...mixed(after, standing)),
      live: at("new", ...mixed(after, live)),
      foreign: live,
    };
  });

describe("whatever somebody else did to the list", () => {
  it("an undo ends with our entries of before, and theirs of now, each once and in their order", () => {
    fc.assert(
      fc.property(history, ({ before, after, live, foreign: now }) => {
        const entries = listEntries(undoneLocation(live, { before, after }).extraPyFiles);
        expect(entries.filter((entry) => !isOurs(entry)).toSorted()).toEqual(now.toSorted());
        expect(entries.filter(isOurs)).toEqual(listEntries(before.extraPyFiles).filter(isOurs));
      }),
    );
  });

  it("so does a rollback, and rolling back twice returns to where one was", () => {
    fc.assert(
      fc.property(history, ({ before, after, live, foreign: now }) => {
        const back = rolledBackLocation(live, before, [{ before, after }], isOurs);
        const entries = listEntries(back.extraPyFiles);
        expect(entries.filter((entry) => !isOurs(entry)).toSorted()).toEqual(now.toSorted());
        expect(entries.filter(isOurs)).toEqual(listEntries(before.extraPyFiles).filter(isOurs));
        const forth = rolledBackLocation(back, live, [{ before: live, after: back }], isOurs);
        expect(forth).toEqual(live);
      }),
    );
  });
});
