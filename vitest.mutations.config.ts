import { defineConfig } from "vitest/config";

/** Tests that have to kill the mutants; Stryker's own `--testFiles` never activates those of a file's loading. */
const tests = (process.env["TESTS"] ?? "test/{manifest,validate,deploy,e2e}/**/*.test.ts").split(" ");

/** The quick tests that run in vitest's own process, for mutation testing; `npm test` runs them all. */
export default defineConfig({
  test: {
    include: tests,
    exclude: [
      // many scripts, or an AWS of their own
      "test/validate/mutations.test.ts",
      "test/deploy/calls.test.ts",
      "test/deploy/policy/*enforced.test.ts",
      "test/e2e/faults.test.ts",
    ],
    globalSetup: ["test/support/global-setup.ts", "test/support/shared-sandbox.ts"],
    // each mutant would load the AWS SDK anew for each file
    isolate: false,
    testTimeout: 30_000,
  },
});
