import { describe, expect, it } from "vitest";
import { spawnPython } from "../../../../sandbox/glue/process/spawn-python.ts";
import { python } from "../support.ts";

const cwd = import.meta.dirname;

async function run(
  code: string,
  env: Record<string, string> = {},
): Promise<{ lines: string[]; code: number | null }> {
  const lines: string[] = [];
  const onLine = (stream: string, line: string) => void lines.push(`${stream}: ${line}`);
  return { code: await spawnPython({ python, args: ["-c", code], cwd, env, onLine }).exit, lines };
}

describe("spawnPython", () => {
  it("delivers both streams line by line, an unfinished last line too", async () => {
    const { code, lines } = await run("import sys; print('a\\nb'); sys.stderr.write('c'); sys.exit(3)");
    expect(code).toBe(3);
    expect(lines.toSorted()).toEqual(["stderr: c", "stdout: a", "stdout: b"]);
  });

  it("hands on no AWS settings but those it is given", async () => {
    process.env["AWS_PROFILE"] = "of-this-machine";
    const show = "import os; print(sorted(name for name in os.environ if name.startswith('AWS')))";
    const { lines } = await run(show, { AWS_REGION: "us-east-1" });
    delete process.env["AWS_PROFILE"];
    expect(lines).toEqual(["stdout: ['AWS_REGION']"]);
  });

  it("ends the children too", async () => {
    const started = Promise.withResolvers<string>();
    const code =
      "import subprocess, time; subprocess.Popen(['sleep', '600']); print('up', flush=True); time.sleep(600)";
    const onLine = (_stream: string, line: string) => started.resolve(line);
    const running = spawnPython({ python, args: ["-c", code], cwd, env: {}, onLine });
    await started.promise;
    running.kill();
    // The child holds the pipes too: the exit can only be told once it is gone.
    expect(await running.exit).toBeNull();
  });
});
