import { execa } from "execa";
import { expect, it } from "vitest";

it("the demo meets the incident, deploys the fixed script and passes on real data", async () => {
  const { all, exitCode } = await execa(process.execPath, ["demo/main.ts"], {
    cwd: new URL("../..", import.meta.url),
    all: true,
    reject: false,
  });
  expect(exitCode, all).toBe(0);
  expect(all).toContain("→ stopped before anything was uploaded");
  expect(all).toContain("→ deployed under keys that no cache has seen");
  expect(all).toContain("→ passed on real data");
}, 300_000);
