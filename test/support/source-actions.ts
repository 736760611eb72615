import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { ActionName } from "./action.ts";
import { sourceActionFolder } from "./processes.ts";

const root = join(import.meta.dirname, "../..");
const actions: readonly ActionName[] = ["validate-glue", "deploy-glue", "run-e2e"];

/** Lays the actions' sources out as they are built, for coverage. */
export async function setup(): Promise<void> {
  for (const action of actions) {
    const folder = sourceActionFolder(action);
    await mkdir(folder, { recursive: true });
    await cp(join(root, "actions", action, "main.ts"), join(folder, "main.ts"));
    await cp(join(root, "src/validate/checker"), join(folder, "checker"), { recursive: true });
  }
}
