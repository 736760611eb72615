import { defineConfig, mergeConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** All tests but those of the sandbox and of generated workflows, with the coverage of `src/`; child processes count. */
export default mergeConfig(
  base,
  defineConfig({
    test: {
      // what neither runs src/ as it is nor adds to what the others run of it
      exclude: ["test/{sandbox,workflows}/**", "test/integration/{terraform,kill-points,default-path}*"],
      globalSetup: ["test/support/source-actions.ts"],
      coverage: {
        enabled: true,
        provider: "custom",
        customProviderModule: "./test/support/coverage-provider.ts",
        include: ["src/**/*.ts"],
        // the built actions and the command line run as processes of their own
        autoAttachSubprocess: true,
        thresholds: { branches: 95 },
        reportOnFailure: true,
        reporter: ["text-summary", "json", "html"],
      },
    },
  }),
);
