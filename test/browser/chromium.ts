import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll } from "vitest";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/** The machine's own Chromium or Chrome, once for the tests of a file. */
export function useChromium(): { readonly current: Browser } {
  const holder: { browser?: Browser } = {};
  beforeAll(async () => {
    const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    holder.browser = await chromium.launch({ executablePath: findChromium(), args });
  }, 60_000);
  afterAll(() => holder.browser?.close());
  return {
    get current() {
      if (holder.browser === undefined) throw new Error("the browser starts in beforeAll");
      return holder.browser;
    },
  };
}

function findChromium(): string {
  const named = process.env["CHROME_PATH"];
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const candidates =
    named === undefined ? names.flatMap((name) => folders.map((folder) => join(folder, name))) : [named];
  const found = candidates.find(isExecutable);
  if (found !== undefined) return found;
  throw new Error(
    `these tests need Chromium or Chrome: install one (apt-get install chromium), or name it in CHROME_PATH`,
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
