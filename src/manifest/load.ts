import { ToolkitError, throwAll } from "../base/errors.ts";
import { didYouMean } from "../base/nearest.ts";
import { someOf } from "../base/some-of.ts";
import { buildManifest } from "./build.ts";
import { manifestError, manifestErrors } from "./issues.ts";
import type { Manifest } from "./manifest.ts";
import { manifestSchema } from "./schema.ts";
import { readYaml, type YamlSource } from "./source.ts";
import { substitute } from "./substitute.ts";

export interface LoadOptions {
  /** Absolute path of the checkout. */
  readonly workspace: string;
  /** The manifest's path below it. */
  readonly path: string;
  /** May be left out where the manifest has only one. */
  readonly environment?: string | undefined;
}

/**
 * Reads, fills in and checks `glue-pipeline.yml` for one environment.
 * @throws ToolkitError or ToolkitErrors: every problem of the file at once, each with line, key and remedy.
 */
export async function loadManifest(options: LoadOptions): Promise<Manifest> {
  const source = await readYaml(options.workspace, options.path);
  const raw = asRecord(source.value);
  if (raw === undefined)
    throw manifestError(source, [], `${options.path} must hold a mapping of keys to values`);
  const environments = asRecord(raw["environments"]);
  if (environments === undefined || Object.keys(environments).length === 0) {
    throwAll(options.path, manifestErrors(source, manifestSchema.safeParse(raw).error?.issues ?? []));
    throw manifestError(source, ["environments"], "environments must name at least one environment");
  }
  const name = chooseEnvironment(source, Object.keys(environments), options.environment);
  const { environments: untouched, ...rest } = raw;
  const filled = substitute(rest, variablesOf(name, asRecord(environments[name])), new Set(["stem"]));
  const parsed = manifestSchema.safeParse({ ...asRecord(filled.value), environments: untouched });
  throwAll(options.path, [
    ...filled.problems.map((problem) => manifestError(source, problem.path, problem.message)),
    ...manifestErrors(source, parsed.error?.issues ?? []),
  ]);
  if (!parsed.success) throw manifestError(source, [], `${options.path} is not valid`);
  return buildManifest(source, parsed.data, name);
}

function chooseEnvironment(source: YamlSource, names: readonly string[], wanted: string | undefined): string {
  if (wanted === undefined || wanted === "") {
    const [only, ...others] = names;
    if (only !== undefined && others.length === 0) return only;
    throw new ToolkitError({
      code: "environment-needed",
      message: `${source.path} has several environments (${someOf(names)}) and none was chosen`,
      remedy: "Set the environment input to one of them.",
      source: "user",
      location: { path: source.path, key: "environments" },
    });
  }
  if (names.includes(wanted)) return wanted;
  throw new ToolkitError({
    code: "environment-unknown",
    message: `${source.path} has no environment "${wanted}".${didYouMean(wanted, names)}`,
    remedy: `Set the environment input to one of: ${someOf(names)}.`,
    source: "user",
    location: { path: source.path, key: "environments" },
  });
}

function variablesOf(name: string, environment: Record<string, unknown> | undefined): Record<string, string> {
  const own = Object.entries({
    ...asRecord(environment?.["variables"]),
    region: environment?.["region"],
    account: environment?.["account"],
  });
  return Object.fromEntries([
    ...own
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([key, value]) => [key, String(value)]),
    ["environment", name],
  ]);
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return value !== null && typeof value === "object" && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
