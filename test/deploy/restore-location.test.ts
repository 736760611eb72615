import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CodeLocation } from "../../src/deploy/code-location.ts";
import { listEntries } from "../../src/deploy/code-location.ts";
import { mergeLibraries } from "../../src/deploy/library-lists.ts";
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

const entriesOf = ({ extraPyFiles }: CodeLocation): readonly string[] => listEntries(extraPyFiles);
const foreignOf = (location: CodeLocation): readonly string[] =>
  entriesOf(location).filter((entry) => !isOurs(entry));

describe("the order of entries, which decides what Python imports", () => {
  const [x, y, m, n, q] = ["x", "y", "m", "n", "q"].map((name) => `s3://theirs/${name}.zip`) as [
    string,
    string,
    string,
    string,
    string,
  ];
  it.each<[string, readonly string[], readonly string[], readonly string[], readonly string[]]>([
    ["reordered by hand", [x, y, lib1], [x, y, lib2], [y, n, lib2, x, m], [y, n, lib1, x, m]],
    ["one that ours replaces, ours appended", [x, q, y], [x, y, lib1], [x, y, lib1, n], [x, q, y, n]],
    ["one before the first", [x, q, y], [x, y, lib1], [m, x, y, lib1, n], [m, x, q, y, n]],
    ["one that ours stands in place of", [x, q, y], [x, lib1, y], [y, lib1, x], [y, q, x]],
    ["two of ours for one", [lib1, x], [lib2, "s3://ours/new-1.zip", x], [x, lib2], [x, lib1]],
  ])("%s", (_, before, after, live, expected) => {
    const change = { before: at("old", ...before), after: at("new", ...after) };
    expect(undoneLocation(at("new", ...live), change)).toEqual(at("old", ...expected));
    expect(rolledBackLocation(at("new", ...live), change.before, [change], isOurs)).toEqual(
      at("old", ...expected),
    );
  });
});

const libraries = fc.uniqueArray(
  fc.tuple(fc.constantFrom("a", "b", "c"), fc.constantFrom("1", "2")).map((pair) => pair.join("-")),
  { selector: (name) => name.slice(0, 1) },
);
const foreign = fc.uniqueArray(fc.constantFrom("p", "q", "r", "s").map((name) => `s3://theirs/${name}.zip`));

/** A list, what a release made of it, and what somebody else has made of that since. */
const history = fc
  .record({
    own: libraries,
    wanted: libraries,
    standing: foreign,
    replaced: foreign,
    places: fc.infiniteStream(fc.nat(9)),
  })
  .chain(({ own, wanted, standing, replaced, places }) => {
    const uriOf = (name: string): string => `s3://ours/${name}.zip`;
    const before = inserted(standing, own.map(uriOf), places);
    const after = listEntries(
      mergeLibraries(before.join(), {
        wanted: wanted.map(uriOf),
        isOurs,
        nameOf: (entry) => (isOurs(entry) ? entry.replace(/-\d/, "") : entry),
        replaces: new Set(replaced),
      }),
    );
    return foreign
      .chain((live) => fc.shuffledSubarray([...live], { minLength: live.length }))
      .map((live) => ({
        before: at("old", ...before),
        after: at("new", ...after),
        live: at("new", ...inserted(live, after.filter(isOurs), places)),
      }));
  });

/** Entries among others, their own order kept. */
function inserted(
  others: readonly string[],
  own: readonly string[],
  places: Iterable<number>,
): readonly string[] {
  const result = [...others];
  let from = 0;
  const place = places[Symbol.iterator]();
  for (const entry of own) {
    from += (place.next().value as number) % (result.length - from + 1);
    result.splice(from, 0, entry);
    from += 1;
  }
  return result;
}

describe("whatever somebody else did to the list", () => {
  it.each(["an undo", "a rollback"])(
    "%s gives our entries of before, and theirs in their order of now",
    (kind) => {
      fc.assert(
        fc.property(history, ({ before, after, live }) => {
          const back =
            kind === "an undo"
              ? undoneLocation(live, { before, after })
              : rolledBackLocation(live, before, [{ before, after }], isOurs);
          const now = foreignOf(live);
          expect(foreignOf(back).filter((entry) => now.includes(entry))).toEqual(now);
          const isGone = foreignOf(back).filter((entry) => !now.includes(entry));
          const taken = foreignOf(before).filter((entry) => !foreignOf(after).includes(entry));
          for (const entry of isGone) expect(taken).toContain(entry);
          const own = entriesOf(back).filter(isOurs);
          const touched = entriesOf(after).some(
            (entry) => isOurs(entry) && !entriesOf(before).includes(entry),
          );
          if (kind === "a rollback" || touched)
            expect(own.toSorted()).toEqual(entriesOf(before).filter(isOurs).toSorted());
          if (kind === "a rollback") expect(own).toEqual(entriesOf(before).filter(isOurs));
        }),
      );
    },
  );

  it("rolling back twice returns to the entries that one had, ours and theirs each in their order", () => {
    fc.assert(
      fc.property(history, ({ before, after, live }) => {
        const back = rolledBackLocation(live, before, [{ before, after }], isOurs);
        const forth = rolledBackLocation(back, live, [{ before: live, after: back }], isOurs);
        expect(entriesOf(forth).filter(isOurs)).toEqual(entriesOf(live).filter(isOurs));
        expect(foreignOf(forth)).toEqual(foreignOf(live));
      }),
    );
  });
});
