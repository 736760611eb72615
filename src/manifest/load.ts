import * as z from "zod";
import { ToolkitError, throwAll } from "../base/errors.ts";
import { didYouMean } from "../base/nearest.ts";
import { someOf } from "../base/some-of.ts";
import { buildManifest } from "./build.ts";
import { e2eSchema } from "./e2e-schema.ts";
import { manifestError, manifestErrors } from "./issues.ts";
import type { Manifest } from "./manifest.ts";
import type { Placed } from "./protected-areas.ts";
import { manifestSchema, scriptsSchema } from "./schema.ts";
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
  const { environments: untouched, variables: shared, ...rest } = raw;
  const variables = variablesOf(name, asRecord(environments[name]), asRecord(shared));
  const filled = substitute(rest, variables, new Set(["stem"]));
  const whole = { ...asRecord(filled.value), environments: untouched };
  const parsed = manifestSchema.safeParse(shared === undefined ? whole : { ...whole, variables: shared });
  throwAll(options.path, [
    ...filled.problems.map((problem) => manifestError(source, problem.path, problem.message)),
    ...manifestErrors(source, parsed.error?.issues ?? []),
  ]);
  if (!parsed.success) throw manifestError(source, [], `${options.path} is not valid`);
  const others = Object.keys(environments).filter((other) => other !== name);
  return buildManifest(
    source,
    parsed.data,
    name,
    others.flatMap((other) => placesOf(rest, other, asRecord(environments[other]), asRecord(shared))),
  );
}

/** Where another environment's data is; nothing where the file doesn't say it in a form that can be read. */
function placesOf(
  { scripts, e2e }: Record<string, unknown>,
  environment: string,
  own: Record<string, unknown> | undefined,
  shared: Record<string, unknown> | undefined,
): Placed[] {
  const filled = substitute({ scripts, e2e }, variablesOf(environment, own, shared)).value;
  const parsed = z.object({ scripts: scriptsSchema, e2e: e2eSchema.optional() }).safeParse(filled);
  return parsed.success ? [{ environment, ...parsed.data }] : [];
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

/** Values by name; those of the file may use the environment's name, region and account. */
function variablesOf(
  name: string,
  environment: Record<string, unknown> | undefined,
  shared: Record<string, unknown> | undefined,
): Record<string, string> {
  const given = textsOf({ region: environment?.["region"], account: environment?.["account"] });
  const known = { ...given, environment: name };
  const own = textsOf({ ...shared, ...asRecord(environment?.["variables"]) });
  return { ...textsOf(asRecord(substitute(own, known).value) ?? {}), ...known };
}

function textsOf(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([key, value]) => [key, String(value)]),
  );
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return value !== null && typeof value === "object" && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
