import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ToolkitError, ToolkitErrors } from "../../src/base/errors.ts";
import { defineAction } from "../../src/contract/action.ts";
import { text } from "../../src/contract/input.ts";
import { type ActionOutcome, runAction } from "../../src/github/action.ts";
import { workspaceWith } from "../support/workspace.ts";

const contract = defineAction({
  id: "trial",
  name: "trial",
  description: "d",
  inputs: { path: text("d") },
  outputs: {},
} as never);
const outcome: ActionOutcome = {
  outputs: { result: "passed" },
  summary: "## fine",
  views: { text: () => "", json: () => "" },
};
let log = "";
const signals = ["SIGINT", "SIGTERM"] as const;
const before = { SIGINT: process.listenerCount("SIGINT"), SIGTERM: process.listenerCount("SIGTERM") };

beforeEach(() => {
  log = "";
  vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    log += String(chunk);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  for (const name of signals)
    for (const listener of process.listeners(name).slice(before[name])) process.off(name, listener);
  process.exitCode = undefined;
});

/** Runs the action as a runner would; gives its exit code, summary and outputs. */
async function run(action: () => Promise<ActionOutcome>) {
  const folder = await workspaceWith({ output: "", summary: "" });
  vi.stubEnv("GITHUB_OUTPUT", join(folder, "output"));
  vi.stubEnv("GITHUB_STEP_SUMMARY", join(folder, "summary"));
  await runAction(contract, action);
  const read = (name: string) => readFile(join(folder, name), "utf8");
  return { exitCode: process.exitCode, summary: await read("summary"), outputs: await read("output") };
}

const error = (code: string, more: object = {}) =>
  new ToolkitError({ code, message: `${code} happened`, remedy: "Mend it.", source: "user", ...more });

describe("an action", () => {
  it("that succeeds has its outputs and its summary", async () => {
    const { exitCode, summary, outputs } = await run(() => Promise.resolve(outcome));
    expect({ exitCode, summary }).toEqual({ exitCode: undefined, summary: "## fine\n" });
    expect(outputs).toMatch(/^result<<(\S+)\npassed\n\1\n$/);
  });

  it("whose result is no success ends with one error, at its place", async () => {
    const annotations = [
      { level: "warning", message: "careful", title: "t", path: "a.py", startLine: 1, endLine: 2 },
    ] as const;
    const { exitCode } = await run(() =>
      Promise.resolve({
        ...outcome,
        annotations,
        failure: "1 error",
        failureAt: { path: "a.py", startLine: 3 },
      }),
    );
    expect(exitCode).toBe(1);
    expect(log).toContain("::warning title=t,file=a.py,line=1,endLine=2::careful");
    expect(log).toContain("::error file=a.py,line=3::1 error");
  });

  it("that throws tells all errors in one, at the first place there is", async () => {
    const errors = new ToolkitErrors("m", [
      error("a"),
      error("b", { location: { path: "m.yml", line: 4, key: "jobs" }, cause: new Error("why") }),
    ]);
    const { exitCode, summary, outputs } = await run(() => Promise.reject(errors));
    expect({ exitCode, outputs }).toMatchObject({ exitCode: 1, outputs: expect.stringContaining("failed") });
    expect(summary).toBe("## ❌ trial\n\n- a happened. Mend it.\n- m.yml:4 (jobs): b happened. Mend it.\n\n");
    expect(log).toContain(
      "::error file=m.yml,line=4::a happened. Mend it.%0Am.yml:4 (jobs): b happened. Mend it.",
    );
    expect(log).toContain("::debug::b: why");
  });

  it.each([
    ["an error", new TypeError("x is undefined"), "TypeError: x is undefined"],
    ["anything", "a text", "internal error: a text"],
  ])("that throws %s of its own asks for a report", async (_, thrown, said) => {
    const { exitCode, summary } = await run(() => Promise.reject(thrown));
    expect(exitCode).toBe(1);
    expect(summary).toContain("This is a defect of the toolkit: please report it.");
    expect(log).toContain(said);
  });
});
