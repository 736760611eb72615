/**
 * Builds actions/<name>/dist from actions/<name>/main.ts, and dist/cli from the command line: minified ES modules, the
 * Python checker beside them where scripts are checked, the licences of what is bundled, and its tables in
 * docs/supply-chain.md. `--check` only tells whether the committed files are stale.
 */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { bundledPackages } from "./bundled-packages.ts";
import { licences } from "./licences.ts";
import { replaceSection } from "./sections.ts";
import { type Bundled, supplyChainSections } from "./supply-chain-documents.ts";
import { compile, type Target, targets } from "./targets.ts";

const root = join(import.meta.dirname, "..");
const check = process.argv.includes("--check");

const stale: string[] = [];
const bundles: Bundled[] = [];
for (const target of targets) {
  const fresh = await mkdtemp(join(tmpdir(), "glue-toolkit-dist-"));
  try {
    bundles.push(await bundle(target, fresh));
    if (check) stale.push(...(await differences(fresh, join(root, target.folder))));
    else await replace(fresh, join(root, target.folder));
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}
await document(bundles);
if (stale.length > 0) {
  console.error(`stale: ${stale.join(", ")}\nRun \`npm run build\` and commit what it writes.`);
  process.exitCode = 1;
}

async function bundle(target: Target, folder: string): Promise<Bundled> {
  const metafile = await compile(root, target, folder);
  await writeFile(join(folder, "LICENSES.txt"), await licences(root, metafile));
  if (target.withChecker) {
    await cp(join(root, "src/validate/checker"), join(folder, "checker"), {
      recursive: true,
      filter: (path) => !path.includes("__pycache__"),
    });
  }
  return { name: target.name, ...(await bundledPackages(root, metafile)) };
}

/** What the bundles are made of is said in docs/supply-chain.md. */
async function document(made: readonly Bundled[]): Promise<void> {
  const path = join(root, "docs/supply-chain.md");
  const written = await readFile(path, "utf8");
  const page = Object.entries(supplyChainSections(made)).reduce(
    (text, [name, content]) => replaceSection(text, name, content),
    written,
  );
  if (page === written) return;
  if (check) stale.push(relative(root, path));
  else await writeFile(path, page);
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
