import { getEventListeners } from "node:events";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type ProcessOptions, runChecker } from "../../src/validate/process.ts";
import { workspaceWith } from "../support/workspace.ts";

const shell = "#!/bin/sh\n";
const node = `#!${process.execPath}\n`;
const mebibyte = 1024 * 1024;

/** Runs a program in Python's place, and gives how it ended and what it printed. */
async function run(program: string, more: Partial<ProcessOptions> = {}) {
  const folder = await workspaceWith({ "bin/python3": program });
  const interpreter = join(folder, "bin/python3");
  await chmod(interpreter, 0o755);
  const lines: string[] = [];
  const end = await runChecker({
    interpreter,
    checkerFolder: folder,
    input: "",
    idleMilliseconds: 60_000,
    onLine: (line) => lines.push(line),
    ...more,
  });
  return { folder, lines, end };
}

describe("the checker's process", () => {
  it("has no environment, folder or packages of the user's", async () => {
    // node itself hands NODE_V8_COVERAGE on to whatever it starts
    const tell =
      "const { NODE_V8_COVERAGE, ...env } = process.env; console.log(JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd(), env }))";
    const { folder, lines } = await run(node + tell);
    const size = expect.stringMatching(/^[1-9]\d+$/);
    expect(JSON.parse(lines[0] ?? "")).toEqual({
      args: ["-I", "-S", "-B", "-W", "ignore", join(folder, "main.py")],
      cwd: folder,
      env: {
        LD_LIBRARY_PATH: join(folder, "lib"),
        DYLD_LIBRARY_PATH: join(folder, "lib"),
        MALLOC_TRIM_THRESHOLD_: size,
        MALLOC_TOP_PAD_: size,
      },
    });
  });

  it("gives its lines whole, empty and long ones too, but none that it didn't end", async () => {
    const long = "ä".repeat(200_000);
    const program = `${node}process.stdout.write("\\n\\none\\n" + "ä".repeat(200000) + "\\ntwo\\nthr");`;
    const { lines, end } = await run(program);
    expect(lines).toEqual(["", "", "one", long, "two"]);
    expect(end).toEqual({ exitCode: 0, killedBy: null, stopped: undefined, stderr: "" });
  });

  it("is given its input", async () => {
    const { lines } = await run(`${shell}exec /bin/cat\n`, { input: "one\ntwo\n" });
    expect(lines).toEqual(["one", "two"]);
  });

  it("tells how it ended and the first 4,000 characters of its complaint", async () => {
    const { end } = await run(`${node}process.stderr.write("x".repeat(300000)); process.exitCode = 3;`);
    expect(end).toEqual({ exitCode: 3, killedBy: null, stopped: undefined, stderr: "x".repeat(4_000) });
  });

  it("may end without reading its input", async () => {
    const { end } = await run(`${shell}exec 0<&-\nexit 0\n`, { input: "x".repeat(4 * mebibyte) });
    expect(end).toMatchObject({ exitCode: 0, stopped: undefined });
  });

  it("takes with it what it started", async () => {
    const { lines } = await run(`${shell}(sleep 10; echo late) &\necho done\n`);
    expect(lines).toEqual(["done"]);
  });

  it("that can't be started is named with the reason", async () => {
    const folder = await workspaceWith({});
    const signal = new AbortController().signal;
    await writeFile(join(folder, "python3"), "");
    await expect(
      runChecker({
        interpreter: join(folder, "python3"),
        checkerFolder: folder,
        input: "",
        idleMilliseconds: 60_000,
        onLine: () => undefined,
        signal,
      }),
    ).rejects.toMatchObject({
      code: "python-unusable",
      message: expect.stringMatching(/^the Python interpreter \/.*python3 can't be started: .*EACCES/),
      remedy: expect.stringContaining("in the input `python`"),
      source: "user",
    });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

describe("a process that is stopped", () => {
  /** Its timers move only when the test says so. */
  const stillTime = () => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });

  afterEach(() => {
    vi.useRealTimers();
  });

  it("is one that is silent for too long, even if it won't be asked to end", async () => {
    stillTime();
    const program = `${shell}trap '' TERM\necho one\nsleep 10\n`;
    const { end } = await run(program, { onLine: () => void vi.advanceTimersByTime(60_000) });
    expect(end).toMatchObject({ exitCode: null, killedBy: "SIGKILL", stopped: "idle" });
  });

  it("is none that says a line now and then, however long it takes in all", async () => {
    stillTime();
    const said: string[] = [];
    const onLine = (line: string) => {
      said.push(line);
      vi.advanceTimersByTime(59_999);
    };
    const { end } = await run(`${shell}echo one; echo two; echo three\n`, { onLine });
    expect(said).toEqual(["one", "two", "three"]);
    expect(end).toMatchObject({ exitCode: 0, stopped: undefined });
  });

  it("ends with the run's signal, and what it started ends, too", async () => {
    const abort = new AbortController();
    const lines: string[] = [];
    const onLine = (line: string) => {
      lines.push(line);
      abort.abort(new Error("cancelled"));
    };
    const program = `${shell}(sleep 10; echo late) &\necho one\nwait\n`;
    await expect(run(program, { onLine, signal: abort.signal })).rejects.toThrow("cancelled");
    expect(lines).toEqual(["one"]);
    expect(getEventListeners(abort.signal, "abort")).toEqual([]);
  });

  it("leaves no timer behind, nor does one that ends by itself", async () => {
    stillTime();
    await run(`${shell}exit 0\n`);
    await expect(run("", { interpreter: "/no/such/python" })).rejects.toThrow("can't be started");
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ["256 MiB", 0, undefined],
    ["more than that", 1, "flooded"],
  ])("may print %s", async (_, more, stopped) => {
    const program = `${node}const { writeSync } = require("node:fs");
const part = Buffer.alloc(${mebibyte}, "x");
part[part.length - 1] = 10;
const write = (bytes) => { for (let at = 0; at < bytes.length; ) try { at += writeSync(1, bytes, at); } catch (thrown) { if (thrown.code !== "EAGAIN") throw thrown; } };
for (let n = 0; n < 256; n += 1) write(part);
write(Buffer.alloc(${more}, "x"));
`;
    const { end } = await run(program, { onLine: () => undefined });
    expect(end.stopped).toBe(stopped);
  });
});
