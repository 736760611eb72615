/**
 * Writes a software bill of materials for each bundle into a folder (`sbom` by default): what `npm sbom` says in CycloneDX of
 * those packages that stand in the bundle. The same commit gives the same bytes.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execa } from "execa";
import * as z from "zod";
import { billOfMaterials, npmSbom } from "./bill-of-materials.ts";
import { bundledPackages } from "./bundled-packages.ts";
import { compile, targets } from "./targets.ts";

const root = join(import.meta.dirname, "..");
const folder = resolve(process.argv[2] ?? "sbom");

const { stdout } = await execa("npm", ["sbom", "--sbom-format", "cyclonedx"], { cwd: root });
const installed = npmSbom.parse(JSON.parse(stdout));
const { name } = z
  .object({ name: z.string() })
  .parse(JSON.parse(await readFile(join(root, "package.json"), "utf8")));
const timestamp = await commitTime();
await mkdir(folder, { recursive: true });
for (const target of targets) {
  const metafile = await compile(root, target, join(tmpdir(), "unwritten"), false);
  const { packages } = await bundledPackages(root, metafile);
  const bill = billOfMaterials(installed, { name, bundle: target.name, timestamp }, packages);
  await writeFile(join(folder, `${target.name}.cdx.json`), `${JSON.stringify(bill, null, 2)}\n`);
}

/** When the commit was made; outside of a repository nothing is said. */
async function commitTime(): Promise<string | undefined> {
  const log = await execa("git", ["log", "-1", "--format=%cI"], { cwd: root, reject: false });
  return log.exitCode === 0 && log.stdout !== "" ? new Date(log.stdout).toISOString() : undefined;
}
