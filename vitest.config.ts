import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longest-first.ts";

/** Tests of pure functions: they leave nothing behind, so that one process can run them all. */
const pure = ["test/{base,contract,manifest,report}/**/*.test.ts"];

export default defineConfig({
  test: {
    globalSetup: ["test/support/global-setup.ts"],
    sequence: { shuffle: true, sequencer: LongestFirst },
    maxWorkers: 2,
    testTimeout: 30_000,
    projects: [
      { extends: true, test: { name: "all", include: ["test/**/*.test.ts"], exclude: pure } },
      { extends: true, test: { name: "pure", include: pure, isolate: false } },
    ],
  },
});
