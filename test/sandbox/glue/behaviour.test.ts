import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const TESTS = join(import.meta.dirname, "..");
const PAGE = readFileSync(join(TESTS, "../../sandbox/BEHAVIOUR.md"), "utf8");

const rows = PAGE.split("\n")
  .map((line) => /\| `([^`|]+\.test\.ts)` "(.+)" \|$/.exec(line))
  .filter((match) => match !== null)
  .map(([, file = "", name = ""]) => ({ file, name }));

describe("BEHAVIOUR.md", () => {
  it("has a test on every line that names a source", () => {
    const tables = PAGE.split("\n## ").filter((section) => section.includes("| behaviour | source | test |"));
    const lines = tables.flatMap((section) =>
      section.split("\n").filter((line) => /^\| (?!behaviour)/.test(line)),
    );
    expect(rows).toHaveLength(lines.length);
  });

  it.each(rows)("names a test that is there: $file $name", ({ file, name }) => {
    expect(readFileSync(join(TESTS, file), "utf8")).toContain(name);
  });
});
