import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import type { E2eResult } from "../../src/e2e/result.ts";
import { renderE2eHtml } from "../../src/report/html/e2e-html.ts";
import { incident } from "../report/e2e/incident.ts";
import { useChromium } from "./chromium.ts";
import { attacked, green, wide } from "./results.ts";

const browser = useChromium();

interface Opened {
  readonly page: Page;
  /** Addresses that the page asked for besides itself, and what the browser complained about. */
  readonly asked: string[];
  readonly complaints: string[];
}

async function open(
  result: E2eResult,
  look: { width?: number; dark?: boolean; language?: "en" | "pt-BR" } = {},
): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), "glue-toolkit-browser-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, "e2e-report.html");
  await writeFile(file, renderE2eHtml(result, look.language));
  const page = await browser.current.newPage({
    viewport: { width: look.width ?? 1280, height: 800 },
    colorScheme: look.dark === true ? "dark" : "light",
  });
  onTestFinished(() => page.close());
  const address = pathToFileURL(file).href;
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => void (request.url() === address || asked.push(request.url())));
  page.on("console", (message) => void complaints.push(message.text()));
  page.on("pageerror", (error) => void complaints.push(error.message));
  page.on("dialog", (dialog) => void complaints.push(`dialog ${dialog.message()}`));
  await page.goto(address);
  return { page, asked, complaints };
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run({
      runOnly: {
        type: "tag",
        values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      },
    }),
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(" ")}: ${failureSummary}`),
  );
}

const looks = [
  { width: 1280, dark: false, language: "en" },
  { width: 1280, dark: true, language: "pt-BR" },
  { width: 360, dark: false, language: "pt-BR" },
  { width: 360, dark: true, language: "en" },
] as const;
const [wideScreen, , , phone] = looks;
const rows = [
  ...looks.map((look) => ({ name: "failed", result: incident, ...look })),
  ...looks.map((look) => ({ name: "green", result: green, ...look })),
  { name: "foreign text", result: attacked, ...wideScreen },
  { name: "foreign text", result: attacked, ...phone },
  { name: "200 steps", result: wide, ...phone },
];

describe("the HTML report in Chromium", () => {
  it.each(rows)(
    "$name, $width px, dark $dark, $language: accessible, alone, and no wider than the page",
    async (row) => {
      const { page, asked, complaints } = await open(row.result, row);
      await page.evaluate('document.querySelectorAll("details").forEach((part) => { part.open = true; })');
      expect(await violations(page)).toEqual([]);
      expect(asked).toEqual([]);
      expect(complaints).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
      expect(await page.getAttribute("html", "lang")).toBe(row.language);
    },
  );

  it("makes no element, link or script of foreign text", async () => {
    const { page } = await open(attacked);
    expect(await page.locator("img, script, iframe, [onerror]").count()).toBe(0);
    expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
    expect(await page.content()).not.toContain("hunter2");
    expect(await page.content()).not.toContain("\u001b");
    expect(await page.locator("h1").textContent()).toContain("<img src=");
  });

  it("is read by keyboard: past the contents to the content, into each step", async () => {
    const { page } = await open(incident);
    await page.keyboard.press("Tab");
    const skip = page.locator(".skip");
    expect(await page.evaluate("document.activeElement.className")).toBe("skip");
    expect((await skip.boundingBox())?.x).toBeGreaterThanOrEqual(0);
    await page.keyboard.press("Enter");
    expect(page.url()).toMatch(/#main$/);
    const step = page.locator("details.step").first();
    expect(await step.getAttribute("open")).toBeNull();
    await step.locator("summary").focus();
    await page.keyboard.press("Enter");
    expect(await step.getAttribute("open")).not.toBeNull();
  });

  it("has one main heading, no level left out, and a caption for each table", async () => {
    const { page } = await open(incident);
    const levels = await page.$$eval("h1,h2,h3,h4", (all) => all.map(({ tagName }) => Number(tagName[1])));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [index, level] of levels.entries()) {
      expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    }
    expect(await page.$$eval("table:not(:has(caption))", (all) => all.length)).toBe(0);
  });

  it("opens the steps that failed and draws a bar for each that ran", async () => {
    const { page } = await open(incident);
    expect(
      await page.$$eval("details.step[open] h3", (all) => all.map(({ textContent }) => textContent)),
    ).toEqual(["silver"]);
    const widths = await page.$$eval(".bar", (all) => all.map((bar) => bar.getBoundingClientRect().width));
    expect(widths).toHaveLength(2);
    expect(Math.max(...widths)).toBeGreaterThan(100);
  });
});
