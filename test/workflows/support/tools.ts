import { createHash } from "node:crypto";
import { access, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { cacheFolder } from "../../../sandbox/environment/cache-folder.ts";
import { findPython } from "../../../sandbox/environment/find-python.ts";
import { withLock } from "../../../sandbox/environment/lock.ts";

const requirements = join(import.meta.dirname, "../requirements.txt");

/** The folder with act, actionlint, shellcheck and zizmor: installed into the user's cache folder once, pinned by hash. */
export async function workflowTools(): Promise<string> {
  const python = await findPython(process.env);
  const digest = createHash("sha256")
    .update(python.version)
    .update(await readFile(requirements));
  const name = `workflow-tools-${digest.digest("hex").slice(0, 12)}`;
  const folder = join(cacheFolder(process.env, process.platform), name);
  const marker = join(folder, "complete");
  const complete = () =>
    access(marker).then(
      () => true,
      () => false,
    );
  if (!(await complete())) {
    await withLock(`${folder}.lock`, { waiting: () => undefined }, async () => {
      if (await complete()) return;
      await execa(python.executable, ["-m", "venv", "--clear", folder]);
      const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--require-hashes"];
      const only = ["--only-binary", ":all:", "-r", requirements];
      await execa(join(folder, "bin", "python"), [...pip, ...only]);
      await writeFile(marker, "");
    });
  }
  return join(folder, "bin");
}
