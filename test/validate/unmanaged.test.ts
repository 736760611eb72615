import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findUnmanaged } from "../../src/validate/unmanaged.ts";
import { workspaceWith } from "../support/workspace.ts";

it("scripts beside managed ones that import awsglue are told, but for libraries and what is too large", async () => {
  const glue = "from awsglue.job import Job\n";
  const workspace = await workspaceWith({
    "jobs/managed.py": glue,
    "jobs/forgotten.py": glue,
    "jobs/meant.py": `${glue}# glue-toolkit: ignore[unmanaged-script] run by hand\n`,
    "jobs/plain.py": "import os\n",
    "jobs/large.py": `${glue}${"#".repeat(1024 * 1024)}`,
    "jobs/lib.py": glue,
    "libs/common/a.py": glue,
    "libs/common/job.py": glue,
    "jobs/notes.txt": glue,
  });
  await symlink("nowhere.py", join(workspace, "jobs/dangling.py"));
  const jobs = [
    { script: "jobs/managed.py", extraPyFiles: ["libs/common", "jobs/lib.py"] },
    { script: "libs/common/job.py", extraPyFiles: [] },
    { script: "gone/job.py", extraPyFiles: [] },
  ];
  expect(await findUnmanaged(workspace, jobs)).toEqual([
    { path: "jobs/forgotten.py", ignored: false },
    { path: "jobs/meant.py", ignored: true },
  ]);
});
