import { readdir } from "node:fs/promises";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { validateScripts } from "../../src/validate/validate.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { whole } from "./cases/parts.ts";
import { judgeOptions, scriptsWith } from "./support.ts";

const canary =
  'import os\nopen(os.path.join(os.path.dirname(os.path.abspath(__file__)), "SUNG"), "w").close()\n';

describe("the checker's isolation", () => {
  it("imports and runs nothing of the workspace, and leaves nothing in it", async () => {
    const names = [
      "sitecustomize.py",
      "usercustomize.py",
      "ast.py",
      "json.py",
      "check.py",
      "layout.py",
      "awsglue.py",
    ];
    const scripts = await scriptsWith({
      ...Object.fromEntries(names.map((name) => [name, canary])),
      "job.py": `${canary}${whole}`,
    });
    const folder = dirname(scripts[0]?.absolutePath ?? "");
    const before = (await readdir(folder)).sort();
    const environment = {
      ...judgeOptions.environment,
      PYTHONPATH: folder,
      PYTHONSTARTUP: `${folder}/sitecustomize.py`,
      PYTHONHOME: undefined,
    };
    const result = await validateScripts({
      ...judgeOptions,
      environment,
      scripts,
      failOn: "error",
      clock: fakeClock(),
    });
    expect(result.result).toBe("passed");
    expect((await readdir(folder)).sort()).toEqual(before);
  });
});
