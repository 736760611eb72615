/**
 * Builds dist/cli: the command line as plain JavaScript for Node.js 20 and newer, with no dependency left. It runs
 * before the package is packed and after `npm ci` in a clone; it is not committed. So that an old Node.js can do it too
 * (pre-commit installs with the user's), the script `prepare` has esbuild turn this file into JavaScript first.
 */
import { chmod, cp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { licences } from "./licences.ts";

const root = process.cwd(); // npm scripts run in the package's folder
const folder = join(root, "dist/cli");
const shim = join(root, "scripts/node-20/fs-promises.ts");

/** Gives the sources a file system module that has `glob` on every Node.js. */
const globEverywhere: Plugin = {
  name: "glob-everywhere",
  setup(setup) {
    setup.onResolve({ filter: /^node:fs\/promises$/ }, ({ importer }) =>
      importer.startsWith(join(root, "src")) ? { path: shim } : { path: "node:fs/promises", external: true },
    );
  },
};

await rm(folder, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ["scripts/node-20/cli.ts"],
  outdir: folder,
  chunkNames: "chunk-[hash]",
  bundle: true,
  // what a command doesn't need, such as the AWS SDK for validate, is not even read
  splitting: true,
  alias: { undici: join(root, "scripts/no-undici.ts") },
  plugins: [globEverywhere],
  platform: "node",
  target: "node20",
  format: "esm",
  minify: true,
  legalComments: "none",
  metafile: true,
  // CommonJS packages inside an ES module still ask for require
  banner: { js: 'import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);' },
  logLevel: "warning",
});
await writeFile(join(folder, "LICENSES.txt"), await licences(root, metafile));
await cp(join(root, "src/validate/checker"), join(folder, "checker"), {
  recursive: true,
  filter: (path) => !path.includes("__pycache__"),
});
await chmod(join(folder, "cli.js"), 0o755);
