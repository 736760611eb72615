/**
 * `node scripts/pin-release.ts <commit> <version>`: in the reusable workflows, pins this repository's own actions to the
 * commit that is released. A commit can't hold its own id, so a release's tag is the child of the commit that it pins:
 * whoever pins a workflow by its commit has pinned all that it runs.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pinOwnActions } from "./own-actions.ts";

const [commit = "", version = ""] = process.argv.slice(2);
const folder = join(import.meta.dirname, "../.github/workflows");
let pinned = 0;
for (const name of await readdir(folder)) {
  const path = join(folder, name);
  const before = await readFile(path, "utf8");
  const after = pinOwnActions(before, commit, version);
  if (after === before) continue;
  await writeFile(path, after);
  pinned += 1;
}
if (pinned === 0) throw new Error("no workflow uses an action of this repository");
console.log(`pinned the toolkit's actions in ${pinned} workflows to ${commit} (v${version})`);
