import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { ServiceModel } from "./service-model.ts";

const MODEL_GLOB = "botocore/data/glue/*/service-2.json*";
const PRINT_FOLDER = "import botocore, pathlib; print(pathlib.Path(botocore.__file__).parent.parent)";

const loaded = new Map<string, ServiceModel>();

/**
 * Reads the Glue service model that comes with the interpreter's botocore.
 * @throws Error when that interpreter has no botocore
 */
export function loadGlueModel(python: string): ServiceModel {
  const known = loaded.get(python);
  if (known) return known;
  const file = modelFile(python);
  const bytes = readFileSync(file);
  const model = JSON.parse((file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString()) as ServiceModel;
  loaded.set(python, model);
  return model;
}

function modelFile(python: string): string {
  const beside = join(dirname(dirname(python)), "lib");
  const found = existsSync(beside) ? globSync(`python3*/site-packages/${MODEL_GLOB}`, { cwd: beside }) : [];
  if (found[0]) return join(beside, found[0]);
  const folder = execFileSync(python, ["-c", PRINT_FOLDER], { encoding: "utf8" }).trim();
  const inside = globSync(MODEL_GLOB, { cwd: folder });
  if (!inside[0])
    throw new Error(`No Glue service model (${MODEL_GLOB}) in ${folder}; install botocore there`);
  return join(folder, inside[0]);
}
