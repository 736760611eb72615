import { defineConfig } from "vitest/config";

/** The room whose tests have to kill the mutants; Stryker's own `--testFiles` never activates static ones. */
const room = process.env["ROOM"] ?? "{manifest,validate,deploy,e2e}";

/** The quick tests that run in vitest's own process, for mutation testing; `npm test` runs them all. */
export default defineConfig({
  test: {
    include: [`test/${room}/**/*.test.ts`],
    exclude: [
      // many scripts, or an AWS of their own
      "test/validate/mutations.test.ts",
      "test/deploy/calls.test.ts",
      "test/deploy/policy/*enforced.test.ts",
      "test/e2e/faults.test.ts",
    ],
    globalSetup: ["test/support/global-setup.ts", "test/support/shared-sandbox.ts"],
    testTimeout: 30_000,
  },
});
