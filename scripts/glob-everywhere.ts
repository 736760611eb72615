import { join } from "node:path";
import type { Plugin } from "esbuild";

/** Gives the sources a file system module that has `glob` on every Node.js. */
export function globEverywhere(root: string): Plugin {
  return {
    name: "glob-everywhere",
    setup(setup) {
      setup.onResolve({ filter: /^node:fs\/promises$/ }, ({ importer }) =>
        importer.startsWith(join(root, "src"))
          ? { path: join(root, "scripts/node-20/fs-promises.ts") }
          : { path: "node:fs/promises", external: true },
      );
    },
  };
}
