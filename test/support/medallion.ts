import { cp } from "node:fs/promises";
import { join } from "node:path";
import { workspaceWith } from "./workspace.ts";

export const medallion = join(import.meta.dirname, "../../examples/medallion");

/** A copy of the example to work on, removed when the test ends. */
export async function medallionWorkspace(): Promise<string> {
  const workspace = await workspaceWith({});
  await cp(medallion, workspace, { recursive: true });
  return workspace;
}

/** Puts the incident's script, with its 230 orphan lines, in the place of the good one. */
export async function breakSilver(workspace: string): Promise<void> {
  await cp(
    join(medallion, "incident/silver_consolidation_job.py"),
    join(workspace, "glue_jobs/silver_consolidation_job.py"),
  );
}
