import { describe, expect, it } from "vitest";
import {
  choice,
  duration,
  flag,
  type Input,
  lines,
  names,
  positiveNumber,
  refusal,
  text,
  textWithDefault,
  wholeNumber,
} from "../../src/contract/input.ts";

describe("an input", () => {
  it.each<[string, Input<unknown>, string, unknown]>([
    ["free text left empty", text("d"), "", undefined],
    ["text with a default left empty", textWithDefault("d", "a.yml"), "", "a.yml"],
    ["text with a default", textWithDefault("d", "a.yml"), "b.yml", "b.yml"],
    ["lines", lines("d"), " a.py \n# no\n\nb.py", ["a.py", "b.py"]],
    ["names", names("d"), "a, b\nc", ["a", "b", "c"]],
    ["no names", names("d"), "", []],
    ["a flag left empty", flag("d", true), "", true],
    ["a flag in capitals", flag("d", true), "FALSE", false],
    ["a choice left empty", choice("d", ["a", "b"], "b"), "", "b"],
    ["a choice", choice("d", ["a", "b"], "b"), "a", "a"],
    ["a duration left empty", duration("d"), "", undefined],
    ["a duration left to its default", duration("d", "2m"), "", 120_000],
    ["a duration", duration("d", "2m"), "1h 1s", 3_601_000],
    ["a whole number left empty", wholeNumber("d"), "", undefined],
    ["a whole number", wholeNumber("d"), "10", 10],
    ["a number left empty", positiveNumber("d"), "", undefined],
    ["a number", positiveNumber("d"), "0.5", 0.5],
  ])("of %s", (_, input, given, value) => expect(input.parse(given)).toEqual(value));

  it.each<[string, Input<unknown>, string, string]>([
    ["a flag", flag("d", true), "yes", "must be one of true, false"],
    ["a choice", choice("d", ["a", "b"], "b"), "c", "must be one of a, b"],
    ["a duration", duration("d"), "0s", '"0s" is not a duration'],
    ["a whole number", wholeNumber("d"), "0", "must be a whole number, 1 or more"],
    ["a whole number", wholeNumber("d"), "1.5", "must be a whole number, 1 or more"],
    ["a number", positiveNumber("d"), "0.0", "must be a number above 0, such as 1500 or 0.5"],
    ["a number", positiveNumber("d"), "-1", "must be a number above 0, such as 1500 or 0.5"],
  ])("of %s is refused: %j", (_, input, given, why) => {
    const thrown = (() => {
      try {
        return input.parse(given);
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(Error);
    expect(refusal(input, thrown)).toBe(why);
  });
});
