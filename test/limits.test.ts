import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

/** Calls that must not be cut off, since what they started has to be known; the client's own time-outs end them. */
const uncancelled = ["StartJobRunCommand", "StartCrawlerCommand"];

interface Call {
  readonly file: string;
  readonly text: string;
}

const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => ({ file, text: readFileSync(join(root, "src", file), "utf8") }));

/** The calls of a function, each with its arguments. */
function callsOf(pattern: RegExp, folders: RegExp): Call[] {
  return sources
    .filter(({ file }) => folders.test(file))
    .flatMap(({ file, text }) =>
      [...text.matchAll(pattern)].map(({ index, 0: name }) => ({
        file,
        text: balanced(text, index + name.length - 1),
      })),
    );
}

function balanced(text: string, start: number): string {
  let depth = 0;
  for (let index = start; index < text.length; index += 1) {
    if (text[index] === "(") depth += 1;
    if (text[index] === ")") depth -= 1;
    if (depth === 0) return text.slice(start, index + 1);
  }
  return text.slice(start);
}

const brief = ({ file, text }: Call): string => `${file} ${text.replaceAll(/\s+/g, " ").slice(0, 80)}`;

it("no pause is without a signal that ends it", () => {
  const pauses = callsOf(/\.sleep\(/g, /^(aws|e2e|base\/(retry|wait))/);
  expect(pauses.length).toBeGreaterThan(5);
  expect(pauses.filter(({ text }) => !/signal/.test(text)).map(brief)).toEqual([]);
});

it("no wait and no retry of an end-to-end run is without a signal that ends it", () => {
  const waits = callsOf(/\b(?:waitFor|retry)(?:<[\w |]+>)?\(/g, /^(aws|e2e)/);
  expect(waits.length).toBeGreaterThan(8);
  expect(waits.filter(({ text }) => !/signal|\.\.\.waiting\(|\.\.\.options/.test(text)).map(brief)).toEqual(
    [],
  );
});

it("no call of AWS is without a signal that ends it, but those whose outcome must be known", () => {
  // raw-exchange sends UpdateJob, which no run does.
  const sent = callsOf(/\.send\(/g, /^(aws\/(?!raw-exchange)|e2e)/);
  expect(sent.length).toBeGreaterThan(30);
  const endless = sent.filter(({ text }) => !/signal|sendOptions|\boptions\b/i.test(text));
  expect(endless.filter(({ text }) => !uncancelled.some((name) => text.includes(name))).map(brief)).toEqual(
    [],
  );
});

it("no signal is made that nobody can abort", () => {
  expect(callsOf(/new AbortController\(\)\.signal/g, /./).map(brief)).toEqual([]);
});

it("timers are set by the clock, the heartbeat and the checker's process alone", () => {
  const timers = callsOf(/\b(?:setTimeout|setInterval|delay)\(/g, /./).map(({ file }) => file);
  expect([...new Set(timers)].sort()).toEqual(["base/clock.ts", "base/heartbeat.ts", "validate/process.ts"]);
});
