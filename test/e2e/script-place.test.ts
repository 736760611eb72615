import { describe, expect, it } from "vitest";
import { findPlace, isStale, stemOf } from "../../src/e2e/script-place.ts";
import { placeInRepository } from "../../src/e2e/source-lines.ts";
import type { ResolvedJob } from "../../src/scripts/resolve.ts";
import { workspaceWith } from "../support/workspace.ts";

describe("the place of a failure", () => {
  const script = "s3://scripts/silver/silver-3f2a9c81b0de.py";

  it.each([
    [
      "the error's own words",
      { error: "SyntaxError: x (silver.py, line 7)", log: ['  File "/tmp/silver.py", line 7', "    x ="] },
      { file: "silver.py", line: 7, text: "x =" },
    ],
    [
      "the traceback's last frame in the script",
      {
        error: "",
        log: [
          '  File "/tmp/silver-3f2a9c81b0de.py", line 3, in f',
          "    a()",
          '  File "/lib/other.py", line 9',
          "    ^^^^",
        ],
      },
      { file: "silver-3f2a9c81b0de.py", line: 3, text: "a()" },
    ],
    [
      "the error's own words, and the line that the log quotes for them",
      {
        error: "SyntaxError: x (silver.py, line 7)",
        log: ['  File "silver.py", line 7', "    x =", '  File "silver.py", line 9', "    y ="],
      },
      { file: "silver.py", line: 7, text: "x =" },
    ],
    [
      "the error's own words alone",
      { error: "SyntaxError: x (silver.py, line 7)", log: ["    no frame", "    x ="] },
      { file: "silver.py", line: 7, text: undefined },
    ],
    [
      "the error's own words, quoted after another line",
      {
        error: "SyntaxError: x (silver.py, line 7)",
        log: ["Traceback", '  File "silver.py", line 7', "  x ="],
      },
      { file: "silver.py", line: 7, text: "x =" },
    ],
    [
      "Glue's line number without a space",
      { error: "Failed Line Number:33", log: [] },
      { file: "silver-3f2a9c81b0de.py", line: 33 },
    ],
    [
      "Glue's line number",
      { error: "Failed Line Number: 33; x", log: [] },
      { file: "silver-3f2a9c81b0de.py", line: 33 },
    ],
    ["nothing", { error: "out of memory", log: ['  File "/lib/other.py", line 9'] }, undefined],
  ])("is told by %s", (_, sources, place) => expect(findPlace({ ...sources, script })).toEqual(place));

  it.each([
    ["    ~x", "~x"],
    ["    x = ~", "x = ~"],
    ["    look(at you)", "look(at you)"],
    ["  x = 1", "x = 1"],
  ])("quotes the text of %j", (next, text) => {
    const log = ['  File "silver.py", line 3', next];
    expect(findPlace({ error: "", log, script: "silver.py" })?.text).toBe(text);
  });

  it.each([["    ^^^^"], ["    at java.lang.Thread"], ["no  indent"], [" x"], ['  File "x.py", line 1']])(
    "quotes no text from %j",
    (next) => {
      expect(
        findPlace({ error: "", log: ['  File "silver.py", line 3', next], script: "silver.py" })?.text,
      ).toBeUndefined();
    },
  );

  it.each([
    ["another hash", { file: "silver-000000000000.py", line: 1 }, true],
    ["another script", { file: "gold.py", line: 1 }, false],
    ["a line beyond its end", { file: "silver-3f2a9c81b0de.py", line: 3 }, true],
    ["another text", { file: "silver-3f2a9c81b0de.py", line: 2, text: "c = 3" }, true],
    ["its own text, cut", { file: "silver-3f2a9c81b0de.py", line: 2, text: "b =" }, false],
    ["no text", { file: "silver-3f2a9c81b0de.py", line: 2 }, false],
  ])("in %s tells whether the run executed something else", (_, place, stale) => {
    expect(isStale(place, { file: "silver-3f2a9c81b0de.py", lines: ["a = 1", "  b = 2"] })).toBe(stale);
  });

  it("is compared as far as a log holds a line", () => {
    const long = "x".repeat(120);
    const lines = [`${long}y`];
    expect(isStale({ file: "a.py", line: 1, text: `${long}z` }, { file: "a.py", lines })).toBe(false);
    expect(isStale({ file: "a.py", line: 1, text: `${long.slice(1)}z` }, { file: "a.py", lines })).toBe(true);
  });

  it.each([
    ["silver_job-3f2a9c81b0de.py", "silver_job"],
    ["load.pyspark.py", "load.pyspark"],
    ["a-3f2a9c81b0de-new.py", "a-3f2a9c81b0de-new"],
    ["a-3f2a9c81b0de0.py", "a-3f2a9c81b0de0"],
  ])("in %s is in %s", (file, stem) => expect(stemOf(file)).toBe(stem));

  it("is not stale where the script's text isn't known", () => {
    expect(isStale({ file: "silver.py", line: 99 }, { file: "silver.py", lines: undefined })).toBe(false);
  });
});

describe("the failed line in the repository", () => {
  const deployed = ["a = 1", "b = 2", "boom()", "c = 3"];
  const place = async (
    here: readonly string[] | undefined,
    line = 3,
    { lines = deployed as readonly string[], location = "s3://s/a.py" as string | null } = {},
  ) => {
    const workspace = await workspaceWith(here === undefined ? {} : { "jobs/a.py": here.join("\n") });
    const releases = { commitOf: () => Promise.resolve("c0ffee") } as never;
    return placeInRepository({ workspace, releases }, { job: "a", script: "jobs/a.py" } as ResolvedJob, {
      lines,
      line,
      location: location ?? undefined,
    });
  };

  it("is the same line while the checkout has the same script", async () => {
    expect(await place(deployed)).toEqual({
      location: { path: "jobs/a.py", line: 3 },
      source: {
        path: "jobs/a.py",
        firstLine: 1,
        line: 3,
        lines: deployed,
        commit: "c0ffee",
        inCheckout: true,
      },
    });
  });

  it("is the nearest line of the same text and neighbours where it has moved", async () => {
    const moved = ["", "", "", "", ...deployed, ...deployed];
    expect(await place(moved)).toMatchObject({
      location: { line: 7 },
      source: { inCheckout: false, line: 3 },
    });
    expect((await place(["other"])).location).toEqual({ path: "jobs/a.py" });
  });

  it.each([
    [10, 6, ["5", "6", "7", "8", "9", "10", "11", "12", "13"]],
    [1, 1, ["0", "1", "2", "3", "4"]],
    [20, 16, ["15", "16", "17", "18", "19"]],
  ])("is shown with the four lines around it: %i", async (line, firstLine, shown) => {
    const lines = Array.from({ length: 20 }, (_, index) => String(index));
    expect((await place(lines, line, { lines })).source).toMatchObject({ line, firstLine, lines: shown });
  });

  it("is of no commit where nobody knows which script was run", async () => {
    const { source } = await place(deployed, 3, { location: null });
    expect(source).not.toHaveProperty("commit");
  });

  it("is the nearest one, be it before or after", async () => {
    const lines = [...Array.from({ length: 30 }, () => "x"), ...deployed];
    const here = [...deployed, ...Array.from({ length: 21 }, () => "x"), ...deployed, "y", "y", ...deployed];
    expect((await place(here, 33, { lines })).location).toEqual({ path: "jobs/a.py", line: 34 });
    const near = [...deployed, ...Array.from({ length: 24 }, () => "x"), ...deployed];
    expect((await place(near, 33, { lines })).location).toEqual({ path: "jobs/a.py", line: 31 });
  });

  it.each([
    ["before it", ["zzz", "boom()", "c = 3"]],
    ["after it", ["b = 2", "boom()", "zzz"]],
    ["itself", ["b = 2", "bang()", "c = 3"]],
  ])("is no line whose neighbour is another %s", async (_, here) => {
    expect((await place(here)).location).toStrictEqual({ path: "jobs/a.py" });
  });

  it("is the first or the last line too", async () => {
    expect((await place([...deployed, "new"], 1)).location).toEqual({ path: "jobs/a.py", line: 1 });
    expect((await place(["new", ...deployed], 4)).location).toEqual({ path: "jobs/a.py", line: 5 });
  });

  it("is none without the script, and no line outside of it", async () => {
    expect(await place(undefined)).toEqual({ source: expect.objectContaining({ inCheckout: false }) });
    expect([await place(deployed, 0), await place(deployed, 5)]).toEqual([{}, {}]);
  });
});
