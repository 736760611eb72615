/**
 * Builds actions/<name>/dist from actions/<name>/main.ts: minified ES modules, the Python checker beside it where
 * the action validates, and the licences of what is bundled. `--check` only tells whether the committed files are stale.
 */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { build } from "esbuild";
import { licences } from "./licences.ts";

const root = join(import.meta.dirname, "..");
const actions = ["validate-glue", "deploy-glue", "run-e2e"] as const;
const withChecker: ReadonlySet<string> = new Set(["validate-glue", "deploy-glue"]);
const check = process.argv.includes("--check");

const stale: string[] = [];
for (const action of actions) {
  const target = join(root, "actions", action, "dist");
  const fresh = await mkdtemp(join(tmpdir(), "glue-toolkit-dist-"));
  try {
    await bundle(action, fresh);
    if (check) stale.push(...(await differences(fresh, target)));
    else await replace(fresh, target);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}
if (stale.length > 0) {
  console.error(`stale: ${stale.join(", ")}\nRun \`npm run build\` and commit what it writes.`);
  process.exitCode = 1;
}

async function bundle(action: string, folder: string): Promise<void> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [`actions/${action}/main.ts`],
    outdir: folder,
    entryNames: "index",
    chunkNames: "chunk-[hash]",
    bundle: true,
    // what a run doesn't need, such as the AWS SDK after a bad input, is not even read
    splitting: true,
    // only @actions/core's OIDC client uses undici, and no action of ours asks for a token: half a bundle less
    alias: { undici: join(root, "scripts/no-undici.ts") },
    platform: "node",
    target: "node24",
    format: "esm",
    minify: true,
    legalComments: "none",
    metafile: true,
    // CommonJS packages inside an ES module still ask for require
    banner: { js: 'import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);' },
    logLevel: "warning",
  });
  await writeFile(join(folder, "LICENSES.txt"), await licences(root, metafile));
  if (withChecker.has(action)) {
    await cp(join(root, "src/validate/checker"), join(folder, "checker"), {
      recursive: true,
      filter: (path) => !path.includes("__pycache__"),
    });
  }
}

async function replace(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await mkdir(to);
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
