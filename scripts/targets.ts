import { join } from "node:path";
import { type BuildOptions, build, type Metafile } from "esbuild";

/** A bundle that users run. */
export interface Target {
  readonly name: string;
  readonly entry: string;
  readonly folder: string;
  readonly withChecker: boolean;
  readonly options: BuildOptions;
}

const action = (name: string, withChecker: boolean): Target => ({
  name,
  entry: `actions/${name}/main.ts`,
  folder: `actions/${name}/dist`,
  withChecker,
  options: { entryNames: "index" },
});

export const targets: readonly Target[] = [
  action("validate-glue", true),
  action("deploy-glue", true),
  action("run-e2e", false),
  { name: "glue-toolkit", entry: "src/cli.ts", folder: "dist/cli", withChecker: true, options: {} },
];

/** Bundles a target from the source below `root` into a folder, or only tells what it would be made of. */
export async function compile(
  root: string,
  { entry, options }: Target,
  folder: string,
  write = true,
): Promise<Metafile> {
  const { metafile } = await build({
    ...options,
    write,
    absWorkingDir: root,
    entryPoints: [entry],
    outdir: folder,
    chunkNames: "chunk-[hash]",
    bundle: true,
    // what a run doesn't need, such as the AWS SDK after a bad input, is not even read
    splitting: true,
    // only @actions/core's OIDC client uses undici, and no action of ours asks for a token: half a bundle less
    alias: { undici: join(root, "scripts/no-undici.ts") },
    platform: "node",
    // the AWS SDK's ES modules can be shaken, its CommonJS ones not: a third less
    mainFields: ["module", "main"],
    target: "node20",
    format: "esm",
    minify: true,
    legalComments: "none",
    metafile: true,
    // CommonJS packages inside an ES module still ask for require
    banner: { js: 'import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);' },
    logLevel: "warning",
  });
  return metafile;
}
