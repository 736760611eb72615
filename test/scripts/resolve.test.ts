import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadManifest } from "../../src/manifest/load.ts";
import { resolveJobs } from "../../src/scripts/resolve.ts";
import { workspaceWith } from "../support/workspace.ts";

const head = `version: 1
name: cars
environments: { dev: { region: us-east-1 } }
scripts: { bucket: my-scripts }
jobs:
`;

async function resolve(
  jobs: string,
  files: Readonly<Record<string, string>>,
  prepare?: (workspace: string) => Promise<void>,
) {
  const workspace = await workspaceWith({ ...files, "glue-pipeline.yml": head + jobs });
  await prepare?.(workspace);
  return resolveJobs(await loadManifest({ workspace, path: "glue-pipeline.yml" }), workspace);
}

describe("resolveJobs", () => {
  it("makes one job per file of a glob, an explicit entry winning", async () => {
    const { jobs, problems } = await resolve(
      `  all: { job: "acme-\${stem}-\${environment}", script: "glue_jobs/*.py" }
  special: { job: acme-special, script: glue_jobs/b.py }
`,
      { "glue_jobs/a.py": "1", "glue_jobs/b.py": "1", "glue_jobs/c.py": "1", "glue_jobs/c.txt": "1" },
    );
    expect(jobs.map(({ key, job, script }) => [key, job, script])).toEqual([
      ["special", "acme-special", "glue_jobs/b.py"],
      ["a", "acme-a-dev", "glue_jobs/a.py"],
      ["c", "acme-c-dev", "glue_jobs/c.py"],
    ]);
    expect(problems).toEqual([]);
  });

  it.each([
    ["missing-script", "gone.py"],
    ["missing-script", "none/*.py"],
    ["unsafe-path", "link.py"],
    ["unsafe-path", "../up.py"],
    ["unreadable-script", "folder"],
  ])("reports %s for %s", async (rule, script) => {
    const job = script.includes("*") ? '"x-${stem}"' : "x";
    const { problems } = await resolve(
      `  x: { job: ${job}, script: "${script}" }\n`,
      { "folder/a.txt": "1" },
      (workspace) => symlink("/etc/passwd", join(workspace, "link.py")),
    );
    expect(problems).toMatchObject([{ rule, path: script }]);
  });

  it.skipIf(process.platform !== "linux")(
    "says of a file with a name that is not UTF-8 what it is",
    async () => {
      const { problems } = await resolve(
        '  x: { job: "x-${stem}", script: "jobs/*.py" }\n',
        { "jobs/a.py": "1" },
        (workspace) =>
          writeFile(
            Buffer.concat([Buffer.from(`${workspace}/jobs/caf`), Buffer.from([0xe9]), Buffer.from(".py")]),
            "1",
          ),
      );
      expect(problems).toMatchObject([
        { rule: "unreadable-script", message: "jobs/caf\u{FFFD}.py has a name that is not UTF-8" },
      ]);
    },
  );

  it.each([
    [
      "two entries for one Glue job",
      "  a: { job: x, script: a.py }\n  b: { job: x, script: b.py }\n",
      /the Glue job x is named by a and b/,
    ],
    [
      "a bookmark of an unknown job",
      "  silver: { job: x, script: a.py }\ne2e: { bookmarks: [silvr], steps: {} }\n",
      /e2e\.bookmarks names the job "silvr".*Did you mean "silver"\?/,
    ],
    [
      "a run of an unknown job",
      "  silver: { job: x, script: a.py }\ne2e:\n  steps:\n    s: { run: gold }\n",
      /step s names the job "gold"/,
    ],
  ])("refuses %s", async (_, jobs, message) => {
    await expect(resolve(jobs, { "a.py": "1", "b.py": "1" })).rejects.toThrow(message);
  });
});
