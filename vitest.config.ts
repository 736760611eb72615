import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/global-setup.ts"],
    sequence: { shuffle: true },
    maxWorkers: 2,
    testTimeout: 30_000,
  },
});
