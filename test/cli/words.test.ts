import { describe, expect, it } from "vitest";
import { ToolkitError, ToolkitErrors } from "../../src/base/errors.ts";
import { plainPaint } from "../../src/base/paint.ts";
import { commands } from "../../src/cli/commands.ts";
import { errorsDocument, errorsDocumentSchema, errorsText } from "../../src/cli/errors.ts";
import { buildProgram } from "../../src/cli/program.ts";
import { suggest } from "../../src/cli/suggest.ts";
import { runCli } from "../support/cli.ts";

const program = buildProgram(commands, () => Promise.resolve());
const names = { environment: ["dev", "prod"], jobs: ["silver", "gold"] };

describe("completion", () => {
  it.each([
    [[], ["validate"], false],
    [[""], ["validate"], false],
    [["plan", "--on-running="], ["warn", "wait", "fail"], false],
    [["plan", "--environment", "p"], ["prod"], false],
    [["plan", "-"], ["--environment", "--json"], false],
    [["plan", "--nonsense", ""], ["silver", "gold"], false],
    [["deploy", "silver", "g"], ["gold"], false],
    [["init", "--scripts", ""], [], true],
    [["init", "--scripts", "a", "b"], [], true],
    [["releases", "diff", "r1", "r2", "x"], [], false],
    [["validate", ""], [], true],
  ])("of %j offers %j, and files: %s", (words, offered, files) => {
    const found = suggest(program, words, names);
    const values = found.candidates.map(({ value }) => value);
    expect(values).toEqual(expect.arrayContaining(offered));
    if (offered.length === 0) expect(values).toEqual([]);
    expect(found.files).toBe(files);
  });
});

describe("errors of a command", () => {
  const error = (code: string, location?: { path: string; line?: number }) =>
    new ToolkitError({
      code,
      message: `${code} happened`,
      remedy: "Mend it.",
      source: "user",
      ...(location === undefined ? {} : { location }),
    });
  const both = new ToolkitErrors("m.yml", [error("a", { path: "m.yml", line: 3 }), error("b")]);

  it("stand one below the other, each at its place with its remedy", () => {
    expect(errorsText(both, plainPaint)).toBe(
      "error: m.yml:3: a happened. [a]\nmend: Mend it.\nerror: b happened. [b]\nmend: Mend it.",
    );
  });

  it("are one document for programs", () => {
    expect(errorsDocumentSchema.parse(errorsDocument(both)).errors).toEqual([
      { code: "a", message: "a happened", remedy: "Mend it.", source: "user", path: "m.yml", line: 3 },
      { code: "b", message: "b happened", remedy: "Mend it.", source: "user" },
    ]);
  });

  it("that are defects say so, with their stack for people and without a secret for programs", () => {
    expect(errorsText(new TypeError("x is undefined"), plainPaint)).toMatch(
      /^error: x is undefined\. This is a defect of the toolkit: please report it\.\nTypeError/,
    );
    expect(errorsText("thrown text", plainPaint)).toBe(
      "error: thrown text. This is a defect of the toolkit: please report it.",
    );
    expect(errorsDocument(new Error("password=hunter2")).errors).toMatchObject([
      { code: "internal-error", source: "internal", message: expect.not.stringContaining("hunter2") },
    ]);
  });
});

it.each([
  [["--version"], 0, /^\d+\.\d+\.\d+/],
  [["releases"], 2, /^$/],
])("%j ends with exit code %d", async (args, code, says) => {
  const { exitCode, stdout } = await runCli("/", args);
  expect(exitCode).toBe(code);
  expect(stdout).toMatch(says);
});

describe("an empty argument", () => {
  const run = (...words: string[]) =>
    buildProgram(commands, () => Promise.resolve()).parseAsync(words, { from: "user" });

  it.each([
    [["deploy", ""], 'The argument "jobs" is empty'],
    [["deploy", "silver", ""], 'The argument "jobs" is empty'],
    [["rollback", ""], 'The argument "jobs" is empty'],
    [["deploy", "--plan-file", ""], "The option --plan-file is empty"],
    [["plan", "--jobs", ""], "The option --jobs is empty"],
  ])("%j is refused", async (words, message) => {
    await expect(run(...words)).rejects.toMatchObject({ code: "invalid-input", message });
  });

  it("may be the release to go back to", async () => {
    await expect(run("rollback", "--rollback-to", "")).resolves.toBeDefined();
  });
});
