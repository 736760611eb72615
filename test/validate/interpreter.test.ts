import { chmod, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkFiles } from "../../src/validate/check-files.ts";
import type { PythonMinor } from "../../src/validate/glue-versions.ts";
import { type ChosenInterpreter, InterpreterFinder } from "../../src/validate/interpreter.ts";
import { workspaceWith } from "../support/workspace.ts";
import { whole } from "./cases/parts.ts";
import { checkerFolder } from "./support.ts";

/** A shell script that answers the finder as CPython of that version. */
const pretender = (minor: number): string => `#!/bin/sh\necho "[\\"cpython\\", \\"$0\\", 3, ${minor}, 1]"\n`;

async function folderWith(programs: Readonly<Record<string, string>>): Promise<string> {
  const folder = await workspaceWith({});
  for (const [path, text] of Object.entries(programs)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
    await chmod(join(folder, path), 0o755);
  }
  return folder;
}

describe("InterpreterFinder", () => {
  const wanted: PythonMinor = [3, 11];

  it.each([
    ["the exact one", ["bin/python3.10", "bin/python3.11", "bin/python3.13"], 11, true],
    ["the nearest newer one", ["bin/python3.10", "bin/python3.13", "bin/python3.12"], 12, false],
    ["the nearest older one when there is no newer", ["bin/python3.7", "bin/python3.10"], 10, false],
    ["the newest that is tried", ["bin/python3.10", "bin/python3.15"], 15, false],
    ["the oldest that is tried", ["bin/python3.6"], 6, false],
  ])("takes %s from PATH", async (_, names, minor, exact) => {
    const programs = Object.fromEntries(names.map((name) => [name, pretender(Number(name.split(".")[1]))]));
    const folder = await folderWith(programs);
    const found = await new InterpreterFinder({ PATH: join(folder, "bin") }).find(wanted);
    expect(found).toMatchObject({ minor: [3, minor], exact, version: `3.${minor}.1` });
  });

  it.each([
    ["the runner's tool cache", "Python/3.11.9/x64/bin/python3", "RUNNER_TOOL_CACHE"],
    ["the tool cache of a machine of the other kind", "Python/3.11.9/arm64/bin/python3", "RUNNER_TOOL_CACHE"],
    ["another agent's tool cache", "Python/3.11.9/x64/bin/python3", "AGENT_TOOLSDIRECTORY"],
    ["pyenv", "versions/3.11.7/bin/python3", "PYENV_ROOT"],
    ["pyenv's usual place", ".pyenv/versions/3.11.7/bin/python3", "HOME"],
  ])("looks in %s", async (_, path, variable) => {
    const folder = await folderWith({ [path]: pretender(11) });
    const found = await new InterpreterFinder({ PATH: "", [variable]: folder }).find(wanted);
    expect(found).toMatchObject({ path: join(folder, path), exact: true });
  });

  it("passes over one that lies about its version or prints rubbish", async () => {
    const folder = await folderWith({
      "a/python3.11": pretender(9),
      "b/python3.11": "#!/bin/sh\necho hello\n",
      "c/python3.11": pretender(11),
    });
    const path = ["a", "b", "c"].map((name) => join(folder, name)).join(":");
    const found = await new InterpreterFinder({ PATH: path }).find(wanted);
    expect(found.path).toBe(join(folder, "c/python3.11"));
  });

  it.each([
    ["the newest of several", ["3.11.1", "3.11.9", "3.11.10", "3.11.2", "3.10.12"], "3.11.10"],
    ["none that isn't a plain release", ["3.11.8-debug", "pypy3.11.9", "3.11-dev", "3.11.3"], "3.11.3"],
  ])("takes of pyenv's Pythons %s", async (_, names, taken) => {
    const programs = names.map((name) => [`versions/${name}/bin/python3`, pretender(11)]);
    const folder = await folderWith(Object.fromEntries(programs));
    const found = await new InterpreterFinder({ PYENV_ROOT: folder }).find(wanted);
    expect(found.path).toBe(join(folder, `versions/${taken}/bin/python3`));
  });

  it("does without folders that aren't there", async () => {
    const folder = await folderWith({ "python3.11": pretender(11) });
    const gone = join(folder, "gone");
    const environment = { PATH: folder, RUNNER_TOOL_CACHE: gone, PYENV_ROOT: gone };
    expect(await new InterpreterFinder(environment).find(wanted)).toMatchObject({ exact: true });
  });

  it("asks each one once, and none without need", async () => {
    const noting = `${pretender(11)}echo "$0" >> "$NOTES"\n`;
    const folder = await folderWith({
      "bin/python3.11": noting.replace("3, 11", "3, 10"),
      "versions/3.11.4/bin/python3": noting,
      "versions/3.12.1/bin/python3": noting,
    });
    const notes = join(folder, "notes");
    const environment = { PATH: join(folder, "bin"), PYENV_ROOT: folder, NOTES: notes };
    const finder = new InterpreterFinder(environment);
    await finder.find(wanted);
    await finder.find(wanted);
    expect((await readFile(notes, "utf8")).trim().split("\n")).toEqual([
      join(folder, "bin/python3.11"),
      join(folder, "versions/3.11.4/bin/python3"),
    ]);
  });

  it("asks with the caller's environment, outside the checkout", async () => {
    const text = pretender(11).replace("\n", '\n[ "$SHIM $PWD" = "yes /" ] || exit 1\n');
    const folder = await folderWith({ "python3.11": text });
    const finder = new InterpreterFinder({ PATH: folder, SHIM: "yes" });
    expect(await finder.find(wanted)).toMatchObject({ exact: true });
  });

  it.each([
    ["fails after its answer", `${pretender(11)}exit 1\n`],
    ["says more before it", `#!/bin/sh\nprintf 'hello '\n${pretender(11)}`],
    ["says more after it", `${pretender(11)}echo hello\n`],
    ["is another implementation", pretender(11).replace("cpython", "pypy")],
    ["is Python 2", pretender(7).replace("3, 7", "2, 7")],
    ["is Python 4", pretender(11).replace("3, 11", "4, 11")],
    ["is too old", pretender(5)],
  ])("takes none that %s", async (_, text) => {
    const folder = await folderWith({ "bin/python3": text, "bin/python": pretender(12), chosen: text });
    expect(await new InterpreterFinder({ PATH: join(folder, "bin") }).find(wanted)).toMatchObject({
      path: join(folder, "bin/python"),
    });
    const chosen = join(folder, "chosen");
    await expect(new InterpreterFinder({}, chosen).find(wanted)).rejects.toMatchObject({
      code: "python-unusable",
      message: `the Python interpreter ${chosen} doesn't answer as CPython 3.6 or newer`,
    });
  });

  it.each([
    ["of many patches", pretender(11).replace("3, 11, 1", "3, 11, 15"), "3.11.15"],
    ["with no line's end", pretender(11).replace("echo", "printf '%s'"), "3.11.1"],
    ["with an empty line after it", pretender(11).replace(/\n$/, "; echo\n"), "3.11.1"],
    ["of the oldest Python", pretender(6), "3.6.1"],
  ])("takes the user's own choice %s", async (_, text, version) => {
    const folder = await folderWith({ python: text });
    const found = await new InterpreterFinder({}, join(folder, "python")).find(wanted);
    expect(found).toMatchObject({ path: join(folder, "python"), version });
  });

  it("takes the user's own choice and says that it isn't exact", async () => {
    const folder = await folderWith({ python: pretender(12) });
    const found = await new InterpreterFinder({ PATH: "" }, join(folder, "python")).find(wanted);
    expect(found).toMatchObject({ minor: [3, 12], exact: false });
  });

  it("takes a python3 without a number where no other is there, but none that was refused", async () => {
    const folder = await folderWith({ "bin/python3": pretender(16), "bin/python": pretender(12) });
    const finder = new InterpreterFinder({ PATH: join(folder, "bin") }, "");
    const first = await finder.find(wanted);
    expect(first).toMatchObject({ path: join(folder, "bin/python3"), minor: [3, 16], exact: false });
    const second = await finder.find(wanted, new Set([first.path]));
    expect(second.path).toBe(join(folder, "bin/python"));
    await expect(new InterpreterFinder({}).find(wanted)).rejects.toMatchObject({ code: "python-not-found" });
  });

  it("names the remedy when there is none", async () => {
    await expect(new InterpreterFinder({ PATH: "" }).find(wanted)).rejects.toMatchObject({
      code: "python-not-found",
      message: "no Python interpreter was found for Python 3.11",
      remedy: expect.stringContaining('setup-python with python-version "3.11"'),
      source: "user",
    });
    await expect(new InterpreterFinder({ PATH: "" }, "/no/such/python").find(wanted)).rejects.toMatchObject({
      code: "python-unusable",
      message: expect.stringContaining("/no/such/python"),
    });
  });
});

describe("an interpreter that fails", () => {
  const answer = (id: number): string =>
    JSON.stringify({ id, sha256: null, lines: 1, findings: [], suppressions: [], internal: null });
  const hello = '{"python": [3, 11, 1], "implementation": "cpython"}';

  async function check(program: string, idleMilliseconds = 20_000) {
    const folder = await folderWith({ "bin/python3": program, "one.py": whole, "two.py": whole });
    const interpreter: ChosenInterpreter = {
      path: join(folder, "bin/python3"),
      minor: [3, 11],
      version: "3.11.1",
      wanted: [3, 11],
      exact: true,
    };
    const files = ["one.py", "two.py"].map((name) => join(folder, name));
    return checkFiles({ interpreter, checkerFolder, files, parallel: 1, idleMilliseconds });
  }

  it.each([
    ["prints rubbish", "#!/bin/sh\necho hello\n", /exit code 0 and no answer/],
    ["prints rubbish after its greeting", `#!/bin/sh\necho '${hello}'\necho hello\n`, /printed what/],
    ["ends with an error", "#!/bin/sh\necho 'no stdlib' >&2\nexit 3\n", /exit code 3 .*: no stdlib/],
    ["is killed at once", "#!/bin/sh\nkill -9 $$\n", /SIGKILL/],
  ])("stops the check with a named error: it %s", async (_, program, message) => {
    await expect(check(program)).rejects.toMatchObject({
      code: "python-unusable",
      message: expect.stringMatching(message),
      remedy: expect.stringContaining("`python`"),
    });
  });

  it("stops the check when it never answers", async () => {
    await expect(check("#!/bin/sh\nexec sleep 60\n", 200)).rejects.toMatchObject({
      code: "python-unusable",
      message: expect.stringContaining("didn't answer in time"),
    });
  });

  it("can't be started: a missing file", async () => {
    const interpreter: ChosenInterpreter = {
      path: "/no/such/python",
      minor: [3, 11],
      version: "3.11.1",
      wanted: [3, 11],
      exact: true,
    };
    const files = ["/x.py"];
    await expect(
      checkFiles({ interpreter, checkerFolder, files, parallel: 1, idleMilliseconds: 1_000 }),
    ).rejects.toMatchObject({ code: "python-unusable" });
  });

  it("costs only the script at which it dies", async () => {
    const program = `#!/bin/sh
input=$(cat)
echo '${hello}'
case "$input" in *'"id":0'*) kill -9 $$ ;; esac
echo '${answer(1)}'
`;
    const [first, second] = await check(program);
    expect(first?.findings[0]).toMatchObject({
      rule: "unreadable-script",
      reason: expect.stringContaining("SIGKILL"),
    });
    expect(second?.findings).toEqual([]);
  });
});

describe("a newer interpreter in place of the job's own", () => {
  it("keeps to the job's grammar as far as CPython can", async () => {
    const folder = await workspaceWith({ "a.py": "x: int = 1\n" });
    const finder = new InterpreterFinder({ PATH: process.env["PATH"], HOME: process.env["HOME"] });
    const newer = await finder.find([3, 10]); // whatever there is: 3.9 and older ones keep only to what 3.6 brought
    const files = [join(folder, "a.py")];
    const options = { checkerFolder, files, parallel: 1, idleMilliseconds: 20_000 };
    const [as35] = await checkFiles({ ...options, interpreter: { ...newer, wanted: [3, 5], exact: false } });
    const [asOwn] = await checkFiles({ ...options, interpreter: { ...newer, wanted: newer.minor } });
    expect(as35?.findings.map(({ rule }) => rule)).toEqual(["syntax-error"]);
    expect(asOwn?.findings).toEqual([]);
  });

  it("finds an interpreter behind a link", async () => {
    const finder = new InterpreterFinder({ PATH: process.env["PATH"], HOME: process.env["HOME"] });
    const real = await finder.find([3, 11]);
    const folder = await workspaceWith({});
    await symlink(real.path, join(folder, `python3.${real.minor[1]}`));
    const found = await new InterpreterFinder({ PATH: folder }).find(real.minor);
    expect(found.version).toBe(real.version);
  });
});
