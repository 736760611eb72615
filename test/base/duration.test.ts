import { describe, expect, it } from "vitest";
import { formatDuration, parseDuration } from "../../src/base/duration.ts";

describe("parseDuration", () => {
  it.each([
    ["90s", 90_000],
    ["20m", 1_200_000],
    ["1h30m", 5_400_000],
    ["1h 30m", 5_400_000],
    ["250ms", 250],
    ["1.5s", 1_500],
  ])("reads %s", (text, milliseconds) => expect(parseDuration(text)).toBe(milliseconds));

  it.each(["", "soon", "10", "0s", "-5m", "5 minutes", "1d", "m"])("refuses %j with a remedy", (text) =>
    expect(() => parseDuration(text)).toThrow(expect.objectContaining({ code: "invalid-duration" })),
  );
});

describe("formatDuration", () => {
  it.each([
    [0, "0ms"],
    [850, "850ms"],
    [4_240, "4.2s"],
    [59_400, "59s"],
    [59_600, "1m 0s"],
    [125_000, "2m 5s"],
    [3_900_000, "1h 5m"],
  ])("shows %d ms as %s", (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text));
});
