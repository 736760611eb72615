import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    sequence: { shuffle: true },
    maxWorkers: 2,
    testTimeout: 20_000,
  },
});
