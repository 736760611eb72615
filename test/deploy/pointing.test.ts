import { describe, expect, it } from "vitest";
import {
  fieldChanges,
  jobChanges,
  listExtraPyFiles,
  pointingOf,
  samePointing,
  urisOf,
} from "../../src/deploy/pointing.ts";

const old = { scriptLocation: "s3://b/old.py", extraPyFiles: null };
const script = { ...old, scriptLocation: "s3://b/new.py" };
const zip = { ...old, extraPyFiles: "s3://b/z.zip" };

describe("where a job points", () => {
  it("is nowhere for a job without a script, and holds no zips where it has none", () => {
    expect(pointingOf({ Name: "a" })).toEqual({ scriptLocation: "", extraPyFiles: null });
    expect(
      pointingOf({
        Command: { ScriptLocation: "s3://b/old.py" },
        DefaultArguments: { "--extra-py-files": "" },
      }),
    ).toEqual({ ...old, extraPyFiles: "" });
  });

  it.each([
    [old, old, [], {}],
    [
      old,
      script,
      [{ member: "Command.ScriptLocation", from: "s3://b/old.py", to: "s3://b/new.py" }],
      { scriptLocation: "s3://b/new.py" },
    ],
    [
      old,
      zip,
      [{ member: "DefaultArguments.--extra-py-files", from: null, to: "s3://b/z.zip" }],
      { extraPyFiles: "s3://b/z.zip" },
    ],
    [
      zip,
      old,
      [{ member: "DefaultArguments.--extra-py-files", from: "s3://b/z.zip", to: null }],
      { extraPyFiles: null },
    ],
  ])("from %j to %j differs in what a release changes", (from, to, fields, changes) => {
    expect(fieldChanges(from, to)).toEqual(fields);
    expect(jobChanges(from, to)).toEqual(changes);
    expect(samePointing(from, to)).toBe(fields.length === 0);
  });

  it("names the script first, then the zips, without blanks or gaps in their list", () => {
    expect(urisOf({ ...old, extraPyFiles: " s3://b/z.zip ,, s3://b/y.zip, " })).toEqual([
      "s3://b/old.py",
      "s3://b/z.zip",
      "s3://b/y.zip",
    ]);
    expect(listExtraPyFiles(null)).toEqual([]);
  });
});
