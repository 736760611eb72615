import { describe, expect, it } from "vitest";
import { logJson, logText } from "../../src/base/log-text.ts";
import { visibleText } from "../../src/base/visible-text.ts";

describe("visibleText", () => {
  it.each([
    ["bidirectional controls", "a\u202e\u2066b\u2069\u061c", "a\\u{202e}\\u{2066}b\\u{2069}\\u{61c}"],
    ["terminal control", "\u001b[31mred\u009b0m", "\\u{1b}[31mred\\u{9b}0m"],
    ["a lone carriage return, which overwrites a line", "good\rbad", "good\\u{d}bad"],
    [
      "separators that some readers take for line ends",
      "a\u2028b\u2029c\u0085",
      "a\\u{2028}b\\u{2029}c\\u{85}",
    ],
    ["zero-width characters", "a\u200bb\ufeffc\u2060", "a\\u{200b}b\\u{feff}c\\u{2060}"],
    ["tag characters", "a\u{e0041}", "a\\u{e0041}"],
  ])("writes out %s", (_, text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  it.each(["line\n\tnext", "é, 漢字, עברית, 👩‍💻", "می‌خواهم"])("leaves what people write: %s", (text) => {
    expect(visibleText(text)).toBe(text);
  });

  it("ends lines in one way and mends half characters", () => {
    expect(visibleText("a\r\nb\ud800")).toBe("a\nb\ufffd");
  });
});

describe("a line of a log", () => {
  it.each([
    "::error::pwned",
    " \t::set-output name=result::passed",
    "\u00a0::add-mask::x",
    "harmless\n::stop-commands::x",
    "harmless ##[add-mask]x",
    "harmless\r::error::x",
    "harmless\u2028::error::x",
  ])("is no workflow command: %j", (text) => {
    const lines = logText(text).split(/\r\n|\r|\n/);
    // as actions/runner looks for them: white space skipped by .NET's TrimStart, `##[` anywhere
    expect(lines.filter((line) => /^\s*::/.test(line) || line.includes("##["))).toEqual([]);
  });

  it("is the same JSON", () => {
    const json = JSON.stringify({ message: "##[error]x" });
    expect(logJson(json)).not.toContain("##[");
    expect(JSON.parse(logJson(json))).toEqual({ message: "##[error]x" });
  });
});
