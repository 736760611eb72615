import { createRequire } from "node:module";
import { describe, expect, it, onTestFinished } from "vitest";
import type { E2eResult } from "../../src/e2e/result.ts";
import { wordsOf } from "../../src/report/e2e-catalogues.ts";
import { ganttChart } from "../../src/report/e2e-gantt.ts";
import { incident } from "../report/e2e/incident.ts";
import { useChromium } from "./chromium.ts";
import { attacked, green, hostile, wide } from "./results.ts";

const browser = useChromium();
const mermaid = createRequire(import.meta.url).resolve("mermaid/dist/mermaid.min.js");

/** What Mermaid draws of a text: the words in the picture; throws for a text that it can't read. */
async function drawn(text: string): Promise<string[]> {
  const page = await browser.current.newPage();
  onTestFinished(() => page.close());
  await page.addScriptTag({ path: mermaid });
  const svg = await page.evaluate(async (chart) => {
    const { mermaid: drawer } = globalThis as unknown as {
      mermaid: {
        initialize: (o: object) => void;
        render: (id: string, text: string) => Promise<{ svg: string }>;
      };
    };
    // GitHub's level: https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/creating-diagrams
    drawer.initialize({ startOnLoad: false, securityLevel: "strict" });
    return (await drawer.render("chart", chart)).svg;
  }, text);
  await page.setContent(svg);
  return page.$$eval("svg text", (all) => all.map(({ textContent }) => textContent ?? ""));
}

function stepsNamed(...keys: readonly string[]): E2eResult {
  return {
    ...green,
    steps: keys.flatMap((key) => green.steps.slice(0, 1).map((step) => ({ ...step, key }))),
  };
}

describe("the Gantt chart in Mermaid", () => {
  it.each<[string, E2eResult, readonly string[]]>([
    ["the incident", incident, ["ingest", "silver"]],
    ["a green run", green, ["ingest", "check"]],
    ["two hundred steps", wide, ["step-0", "step-199"]],
    ["foreign text", attacked, ["silver"]],
    [
      "names that are Mermaid's own words",
      stepsNamed(
        "gantt",
        "section",
        "title",
        "click",
        "end",
        "dateFormat",
        "2025-11-05",
        "vert",
        "done",
        "a.b_c-d",
      ),
      ["gantt", "section", "title", "click", "end", "dateFormat", "2025-11-05", "vert", "done", "a.b_c-d"],
    ],
    ["hostile names", stepsNamed(hostile, "a:b", "a;b", "a#b", "a%%b", "a\nsection b"), ["a section b"]],
  ])("%s", async (_, result, names) => {
    for (const language of ["en", "pt-BR"] as const) {
      const words = await drawn(ganttChart(result, wordsOf(language)) ?? "");
      for (const name of names) expect(words.join("\n")).toContain(`${name} (`);
      const bars = result.steps.filter(({ startedAt }) => startedAt !== undefined).length;
      expect(words.filter((word) => /\((?:\d|NaN)/.test(word))).toHaveLength(bars);
      expect(words.join()).not.toContain("NaN");
    }
  });
});
