import { defineConfig } from "vitest/config";

/** Tests in a real Chromium, apart from `npm test`, which runs without one. */
export default defineConfig({
  test: {
    include: ["test/browser/**/*.browser.ts"],
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
