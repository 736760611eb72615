import { readFile, writeFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CheckedScript, deleteLines, fixScripts } from "../../src/validate/fix.ts";
import { validateScripts } from "../../src/validate/validate.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { brokenOrphans, parsingOrphans } from "./cases/orphans.ts";
import { body, fragment, whole } from "./cases/parts.ts";
import { judgeOptions, scriptsWith } from "./support.ts";

async function validate(scripts: Awaited<ReturnType<typeof scriptsWith>>) {
  const result = await validateScripts({ ...judgeOptions, scripts, failOn: "error", clock: fakeClock() });
  const checked = scripts.map((script): CheckedScript => {
    const { sha256 = null } = result.scripts.find(({ path }) => path === script.path) ?? {};
    return { ...script, sha256 };
  });
  return { result, checked };
}

async function fix(content: string | Uint8Array) {
  const scripts = await scriptsWith({ "job.py": content });
  const { result, checked } = await validate(scripts);
  const fixed = await fixScripts(checked, result.findings, judgeOptions);
  return { scripts, fixed, after: await readFile(scripts[0]?.absolutePath ?? "") };
}

describe("deleteLines", () => {
  const line = fc.stringMatching(/^[ -~]{0,12}$/);
  const ended = fc.tuple(line, fc.constantFrom("\n", "\r\n", "\r")).map(([text, end]) => text + end);
  const lines = fc.tuple(fc.array(ended, { minLength: 1, maxLength: 30 }), line);

  it("takes out exactly the named lines, whatever the line ends", () => {
    fc.assert(
      fc.property(lines, fc.nat(), fc.nat(), ([whole, last], a, b) => {
        // "\r" before an empty line that ends in "\n" would be one "\r\n"
        const all = whole
          .map((text) => (/^[\r\n]/.test(text) ? `x${text}` : text))
          .concat(last === "" ? [] : [last]);
        const first = (a % all.length) + 1;
        const end = first + (b % (all.length - first + 1));
        const bytes = Buffer.from(all.join(""));
        const expected = all.filter((_, index) => index + 1 < first || index + 1 > end).join("");
        expect(Buffer.from(deleteLines(bytes, first, end)).toString()).toBe(expected);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it("changes nothing for lines that aren't there", () => {
    expect(Buffer.from(deleteLines(Buffer.from("a\nb"), 3, 9)).toString()).toBe("a\nb");
  });
});

describe("fixScripts", () => {
  it.each([
    ["Unix line ends", whole, fragment],
    ["Windows line ends", whole.replaceAll("\n", "\r\n"), fragment.replaceAll("\n", "\r\n")],
    ["mixed line ends", whole.replace("\n", "\r\n"), fragment],
    ["a byte order mark", `\uFEFF${whole}`, fragment],
    ["no line break at the end", whole, fragment.trimEnd()],
  ])("leaves every other byte as it was: %s", async (_, healthy, orphan) => {
    const { fixed, after } = await fix(healthy + orphan);
    expect(after.toString()).toBe(healthy);
    expect(fixed).toEqual([{ path: "job.py", linesDeleted: 4, reason: undefined }]);
  });

  it("leaves nothing for a second run", async () => {
    for (const { before, orphan, after = "" } of [
      ...brokenOrphans.slice(0, 6),
      ...parsingOrphans.slice(0, 4),
    ]) {
      const { scripts } = await fix(before + orphan + after);
      const again = await validate(scripts);
      expect(again.result.findings).toEqual([]);
    }
  });

  it("offers none where the rest would not compile", async () => {
    const broken = `${body.replace("raw = spark", "raw = = spark")}\njob.commit()\n${fragment}`;
    const { fixed, after } = await fix(broken);
    expect(fixed).toEqual([]);
    expect(after.toString()).toBe(broken);
  });

  it("touches no file that has changed since it was checked", async () => {
    const scripts = await scriptsWith({ "job.py": whole + fragment });
    const { result, checked } = await validate(scripts);
    await writeFile(scripts[0]?.absolutePath ?? "", `# new\n${whole}${fragment}`);
    const fixed = await fixScripts(checked, result.findings, judgeOptions);
    expect(fixed).toEqual([
      { path: "job.py", linesDeleted: 0, reason: "the file has changed since it was checked" },
    ]);
  });
});
