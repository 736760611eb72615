import { describe, expect, it } from "vitest";
import {
  codeLocationOf,
  fieldChanges,
  jobChanges,
  listEntries,
  sameCodeLocation,
  urisOf,
} from "../../src/deploy/code-location.ts";

const old = { scriptLocation: "s3://b/old.py", extraPyFiles: null };
const script = { ...old, scriptLocation: "s3://b/new.py" };
const zip = { ...old, extraPyFiles: "s3://b/z.zip" };

describe("where a job points", () => {
  it("is nowhere for a job without a script, and holds no zips where it has none", () => {
    expect(codeLocationOf({ Name: "a" })).toEqual({ scriptLocation: "", extraPyFiles: null });
    expect(
      codeLocationOf({
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
      { arguments: { "--extra-py-files": "s3://b/z.zip" } },
    ],
    [
      zip,
      old,
      [{ member: "DefaultArguments.--extra-py-files", from: "s3://b/z.zip", to: null }],
      { arguments: { "--extra-py-files": null } },
    ],
    [
      { ...zip, extraJars: "s3://b/a.jar" },
      { ...zip, additionalPythonModules: "pandas==2.1" },
      [
        { member: "DefaultArguments.--additional-python-modules", from: null, to: "pandas==2.1" },
        { member: "DefaultArguments.--extra-jars", from: "s3://b/a.jar", to: null },
      ],
      { arguments: { "--additional-python-modules": "pandas==2.1", "--extra-jars": null } },
    ],
  ])("from %j to %j differs in what a release changes", (from, to, fields, changes) => {
    expect(fieldChanges(from, to)).toEqual(fields);
    expect(jobChanges(from, to)).toEqual(changes);
    expect(sameCodeLocation(from, to)).toBe(fields.length === 0);
  });

  it("names the script first, then the zips, without blanks or gaps in their list", () => {
    expect(urisOf({ ...old, extraPyFiles: " s3://b/z.zip ,, s3://b/y.zip, " })).toEqual([
      "s3://b/old.py",
      "s3://b/z.zip",
      "s3://b/y.zip",
    ]);
    expect(listEntries(null)).toEqual([]);
  });
});
