import { execa } from "execa";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { E2eResult } from "../../../src/e2e/result.ts";
import { renderE2eJunit } from "../../../src/report/e2e-junit.ts";
import { incident } from "./incident.ts";
import { green, rough } from "./runs.ts";

/** What a strict XML parser reads of each document: its cases with what became of them. */
async function parsed(
  documents: readonly string[],
): Promise<readonly (readonly [string, string, string])[][]> {
  const program = `
import json, sys, xml.etree.ElementTree as E
def read(text):
    return [[case.get("name"), case[0].tag if len(case) else "passed", case[0].get("message") if len(case) else ""]
            for case in E.fromstring(text.encode()).iter("testcase")]
print(json.dumps([read(text) for text in json.load(sys.stdin)]))`;
  const { stdout } = await execa("python3", ["-c", program], { input: JSON.stringify(documents) });
  return JSON.parse(stdout);
}

describe("the JUnit report", () => {
  it("has a case a step, and says of each what became of it", async () => {
    const [passed, failed, ended] = await parsed([green, incident, rough].map(renderE2eJunit));
    expect(passed?.map(([name]) => name)).toEqual(green.steps.map(({ key }) => key));
    expect(new Set(passed?.map(([, outcome]) => outcome))).toEqual(new Set(["passed"]));
    const broken = failed?.filter(([, outcome]) => outcome === "failure").map(([name]) => name);
    expect(broken).toEqual(incident.steps.filter(({ state }) => state === "failed").map(({ key }) => key));
    expect(ended).toEqual([
      ["early", "skipped", "not-selected"],
      ["unfound", "failure", "timed-out"],
      ["crawlless", "error", "cancelled"],
      ["runless", "failure", "failed"],
      ["never", "skipped", "skipped"],
      ["queryless", "failure", "failed"],
      ["bare-query", "failure", "timed-out"],
      ["the run", "error", "the script moved"],
    ]);
  });

  it("is never without a failure where the run is not passed", async () => {
    const steps = green.steps.map((step) => ({ ...step, state: "passed" as const }));
    const stopped: E2eResult = { ...green, steps, result: "cancelled", problems: [] };
    const [cases] = await parsed([renderE2eJunit(stopped)]);
    expect(cases?.at(-1)).toEqual(["the run", "error", "The run did not pass."]);
  });

  it("is well-formed whatever the texts hold", async () => {
    const [problem] = incident.problems;
    if (problem === undefined) throw new Error("no problem");
    const texts = fc.sample(fc.string({ unit: "binary", maxLength: 60 }), 200);
    const hostile = [...texts, "\u0000\u001b[31m]]><!--&\ufffe\uffff\ud800\n\t\"'"];
    const documents = hostile.map((text) =>
      renderE2eJunit({
        ...incident,
        pipeline: text,
        problems: [{ ...problem, code: text, message: text, remedy: text }],
      }),
    );
    expect(await parsed(documents)).toHaveLength(hostile.length);
  });
});
