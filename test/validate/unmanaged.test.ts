import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findUnmanaged } from "../../src/validate/unmanaged.ts";
import { workspaceWith } from "../support/workspace.ts";

const glue = "from awsglue.job import Job\n";
const largest = 1024 * 1024;

it("scripts beside managed ones that import awsglue are told, but for libraries and what is too large", async () => {
  const workspace = await workspaceWith({
    "jobs/managed.py": glue,
    "jobs/forgotten.py": glue,
    "jobs/meant.py": `${glue}# glue-toolkit: ignore[unmanaged-script] run by hand\n`,
    "jobs/plain.py": "import os\n",
    "jobs/large.py": `${glue}${"#".repeat(largest - glue.length + 1)}`,
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

it.each([
  ["ignore[unmanaged-script]", true],
  ["ignore[syntax-error, unmanaged-script] run by hand", true],
  ["ignore[*]", true],
  ["ignore[syntax-error]", false],
  ["ignore[]", false],
])("a script that says %s is meant: %s", async (comment, ignored) => {
  const workspace = await workspaceWith({ "a.py": `${glue}# glue-toolkit: ${comment}\n` });
  const jobs = [{ script: "b.py", extraPyFiles: [] }];
  expect(await findUnmanaged(workspace, jobs)).toEqual([{ path: "a.py", ignored }]);
});

it("forgotten scripts are told by folder and name, as large as they may be", async () => {
  const names = Array.from(
    { length: 30 },
    (_, index) => String.fromCharCode(97 + ((index * 7) % 26)) + index,
  );
  const paths = ["b", "c", "a"].flatMap((folder) => names.map((name) => `${folder}/${name}.py`));
  const workspace = await workspaceWith({
    ...Object.fromEntries(paths.map((path) => [path, glue])),
    "a/z.py": `${glue}${"#".repeat(largest - glue.length)}`,
  });
  const jobs = ["b/x.py", "c/x.py", "a/x.py"].map((script) => ({ script, extraPyFiles: [] }));
  const found = await findUnmanaged(workspace, jobs);
  expect(found.map(({ path }) => path)).toEqual([...paths, "a/z.py"].sort());
});
