import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import * as z from "zod";

const mapping = z.record(z.string(), z.unknown()).catch({});
const shape = z
  .object({ environments: mapping, jobs: mapping, e2e: z.object({ steps: mapping }).catch({ steps: {} }) })
  .catch({ environments: {}, jobs: {}, e2e: { steps: {} } });

/** Names of the manifest that options take, by option; none where it can't be read, for a completion never fails. */
export async function manifestWords(folder: string): Promise<Readonly<Record<string, readonly string[]>>> {
  try {
    const { environments, jobs, e2e } = shape.parse(
      parse(await readFile(join(folder, "glue-pipeline.yml"), "utf8")),
    );
    const steps = Object.keys(e2e.steps);
    return {
      environment: Object.keys(environments),
      jobs: Object.keys(jobs),
      "from-step": steps,
      "until-step": steps,
      "only-step": steps,
      "confirm-clean": Object.keys(environments),
    };
  } catch {
    return {};
  }
}
