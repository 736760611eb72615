import { describe, expect, it } from "vitest";
import { findPlace, isStale } from "../../src/e2e/script-place.ts";
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
      "Glue's line number",
      { error: "Failed Line Number: 33; x", log: [] },
      { file: "silver-3f2a9c81b0de.py", line: 33 },
    ],
    ["nothing", { error: "out of memory", log: ['  File "/lib/other.py", line 9'] }, undefined],
  ])("is told by %s", (_, sources, place) => expect(findPlace({ ...sources, script })).toEqual(place));

  it.each([["    ^^^^"], ["    at java.lang.Thread"], ["no indent"], ['  File "x.py", line 1']])(
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

  it("is not stale where the script's text isn't known", () => {
    expect(isStale({ file: "silver.py", line: 99 }, { file: "silver.py", lines: undefined })).toBe(false);
  });
});

describe("the failed line in the repository", () => {
  const deployed = ["a = 1", "b = 2", "boom()", "c = 3"];
  const place = async (
    here: readonly string[] | undefined,
    line = 3,
    location: string | undefined = "s3://s/a.py",
  ) => {
    const workspace = await workspaceWith(here === undefined ? {} : { "jobs/a.py": here.join("\n") });
    const releases = { commitOf: () => Promise.resolve("c0ffee") } as never;
    return placeInRepository({ workspace, releases }, { job: "a", script: "jobs/a.py" } as ResolvedJob, {
      lines: deployed,
      line,
      location,
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

  it("is none without the script, and no line outside of it", async () => {
    expect(await place(undefined)).toEqual({ source: expect.objectContaining({ inCheckout: false }) });
    expect([await place(deployed, 0), await place(deployed, 5)]).toEqual([{}, {}]);
  });
});
