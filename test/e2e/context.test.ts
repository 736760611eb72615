import { expect, it } from "vitest";
import { defaultPace } from "../../src/base/wait.ts";
import { knownProblem, say } from "../../src/e2e/causes.ts";
import { ownBucket, paceOf, type RunContext } from "../../src/e2e/context.ts";
import { linesOf } from "../../src/e2e/lines.ts";

const { firstMilliseconds: first, maxMilliseconds: longest } = defaultPace;

it.each([
  [1, first],
  [10, first],
  [15, first * 1.5],
  [1_000_000, longest],
])("with %i steps under way each waits %i ms before it looks again", (count, firstMilliseconds) => {
  const pace = paceOf({ pace: undefined, underWay: { count } } as RunContext);
  expect(pace).toEqual({ pace: { ...defaultPace, firstMilliseconds } });
});

it("a pace of the run's own is every step's, however many there are", () => {
  const pace = { firstMilliseconds: 1, maxMilliseconds: 2, factor: 1, jitter: 0 };
  expect(paceOf({ pace, underWay: { count: 99 } } as RunContext)).toEqual({ pace });
});

it.each([
  [undefined, { name: "b" }],
  ["123456789012", { name: "b", owner: "123456789012" }],
])("a bucket is the account's where the manifest names one: %s", (account, bucket) => {
  const manifest = { environment: { name: "dev", region: "us-east-1", account } } as RunContext["manifest"];
  expect(ownBucket({ manifest }, "b")).toStrictEqual(bucket);
});

it.each([
  [{ bucket: "dta", nearest: "data" }, "bucket dta does not exist; did you mean data?"],
  [{ bucket: "dta", nearest: "" }, "bucket dta does not exist"],
  [{ bucket: "dta" }, "bucket dta does not exist"],
])("a hint is given only where it is known: %j", (facts, message) => {
  expect(knownProblem("bucket-missing", facts).message).toBe(message);
});

it("a hint needs all that it names, and a fact that isn't known stays visible", () => {
  const cause = { message: "m {a}", hint: "; {a} to {b}", remedy: "r {c}" };
  expect(say(cause, { a: "1" })).toEqual({ message: "m 1", remedy: "r {c}" });
  expect(say(cause, { a: "1", b: "2" })).toEqual({ message: "m 1; 1 to 2", remedy: "r {c}" });
});

it.each([
  ["a\nb\n", ["a", "b"]],
  ["a\r\n\r\nb", ["a", "", "b"]],
  ["a\rb\n\n", ["a", "b", ""]],
  ["", []],
])("the lines of %j are those of an editor", (text, lines) => expect(linesOf(text)).toEqual(lines));
