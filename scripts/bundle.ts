/**
 * Builds actions/<name>/dist from actions/<name>/main.ts, and dist/cli from the command line: minified ES modules, the
 * Python checker beside them where scripts are checked, and the licences of what is bundled. `--check` only tells whether
 * the committed files are stale.
 */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { licences } from "./licences.ts";

const root = join(import.meta.dirname, "..");
const check = process.argv.includes("--check");

interface Target {
  readonly entry: string;
  readonly folder: string;
  readonly withChecker: boolean;
  readonly options: BuildOptions;
}

const action = (name: string, withChecker: boolean): Target => ({
  entry: `actions/${name}/main.ts`,
  folder: `actions/${name}/dist`,
  withChecker,
  options: { entryNames: "index" },
});

const targets: readonly Target[] = [
  action("validate-glue", true),
  action("deploy-glue", true),
  action("run-e2e", false),
  {
    entry: "src/cli.ts",
    folder: "dist/cli",
    withChecker: true,
    options: {},
  },
];

const stale: string[] = [];
for (const target of targets) {
  const fresh = await mkdtemp(join(tmpdir(), "glue-toolkit-dist-"));
  try {
    await bundle(target, fresh);
    if (check) stale.push(...(await differences(fresh, join(root, target.folder))));
    else await replace(fresh, join(root, target.folder));
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}
if (stale.length > 0) {
  console.error(`stale: ${stale.join(", ")}\nRun \`npm run build\` and commit what it writes.`);
  process.exitCode = 1;
}

async function bundle({ entry, withChecker, options }: Target, folder: string): Promise<void> {
  const { metafile } = await build({
    ...options,
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
  await writeFile(join(folder, "LICENSES.txt"), await licences(root, metafile));
  if (withChecker) {
    await cp(join(root, "src/validate/checker"), join(folder, "checker"), {
      recursive: true,
      filter: (path) => !path.includes("__pycache__"),
    });
  }
}

async function replace(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) await cp(join(from, name), join(to, name), { recursive: true });
}

async function differences(fresh: string, committed: string): Promise<string[]> {
  const names = new Set([...(await listFiles(fresh)), ...(await listFiles(committed))]);
  const compared = [...names].map(async (name) => {
    const [a, b] = await Promise.all(
      [fresh, committed].map((folder) => readFile(join(folder, name)).catch(() => undefined)),
    );
    return a !== undefined && b !== undefined && a.equals(b) ? [] : [relative(root, join(committed, name))];
  });
  return (await Promise.all(compared)).flat();
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}
