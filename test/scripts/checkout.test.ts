import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { readCheckout } from "../../src/scripts/checkout.ts";
import { workspaceWith } from "../support/workspace.ts";

const paths = ["job.py", "libs/common", "conf/a.json"];

async function checkout(more: Readonly<Record<string, string>> = {}) {
  const workspace = await workspaceWith({
    "job.py": "1\n",
    "libs/common/__init__.py": "2\n",
    "libs/other/x.py": "3\n",
    "conf/a.json": "{}\n",
    ".gitignore": "*.log\ngenerated.py\n__pycache__/\n",
  });
  const git = (...args: string[]) =>
    execa("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], { cwd: workspace });
  await git("init", "-q");
  await git("add", ".");
  await git("commit", "-qm", "first");
  for (const [path, text] of Object.entries(more)) {
    await mkdir(dirname(join(workspace, path)), { recursive: true });
    await writeFile(join(workspace, path), text);
  }
  return { workspace, git };
}

const isDirty = async (workspace: string) => (await readCheckout(workspace, paths))?.dirty;

describe("a checkout is dirty", () => {
  it.each<[string, string, boolean]>([
    ["with a changed script", "job.py", true],
    ["with a changed configuration file", "conf/a.json", true],
    ["with a new file in a library", "libs/common/new.py", true],
    ["with an ignored file in a library, which goes into its zip", "libs/common/generated.py", true],
    ["not with an ignored file elsewhere", "libs/other/generated.py", false],
    ["not with an ignored file that no zip takes", "libs/common/__pycache__/generated.py", false],
    ["not with a changed file elsewhere", "libs/other/x.py", false],
  ])("%s", async (_, path, expected) => {
    const { workspace } = await checkout({ [path]: "changed\n" });
    expect(await isDirty(workspace)).toBe(expected);
  });

  it.each(["--assume-unchanged", "--skip-worktree"])(
    "with a change that git was told not to see (%s)",
    async (flag) => {
      const { workspace, git } = await checkout();
      await git("update-index", flag, "job.py");
      expect(await isDirty(workspace)).toBe(false);
      await appendFile(join(workspace, "job.py"), "changed\n");
      expect(await isDirty(workspace)).toBe(true);
    },
  );
});
