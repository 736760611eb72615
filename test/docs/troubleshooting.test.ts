import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { causes } from "../../src/e2e/causes.ts";

const root = join(import.meta.dirname, "../..");

/** Codes of errors in the sources: `code: "x"`, constants of that kind, and the first argument of error makers. */
function codesInSources(): ReadonlySet<string> {
  const codes = new Set<string>(Object.keys(causes));
  const patterns = [
    /\bcode:\s*"([a-z0-9-]+)"/g,
    /\bcode:[^,\n]*\?\s*"([a-z]+-[a-z-]+)"\s*:\s*"([a-z]+-[a-z-]+)"/g,
    /\bcode: first\?\.code \?\? "([a-z0-9-]+)"/g,
    /\b(?:refused|refusal|outcomeError|graphError)\([^;`]*?"([a-z]+-[a-z-]+)",/g,
    /\bconst notStarted = "([a-z0-9-]+)"/g,
  ];
  const files = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" });
  for (const file of files.filter((name) => name.endsWith(".ts"))) {
    const source = readFileSync(join(root, "src", file), "utf8").replaceAll(/code: "custom"/g, "");
    for (const pattern of patterns)
      for (const [, ...found] of source.matchAll(pattern)) for (const code of found) codes.add(code);
  }
  return codes;
}

describe("docs/troubleshooting.md", () => {
  const page = readFileSync(join(root, "docs/troubleshooting.md"), "utf8");
  const explained = new Set(
    [...page.matchAll(/^\| ((?:`[a-z0-9-]+`(?:, )?)+) \|/gm)].flatMap(([, cell = ""]) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code),
    ),
  );

  it("explains every error code of the sources, and no other", () => {
    expect([...explained].sort()).toEqual([...codesInSources()].sort());
  });
});
