import { posix } from "node:path";
import { type ToolkitError, throwAll } from "../base/errors.ts";
import { buildE2e } from "./build-e2e.ts";
import { manifestError } from "./issues.ts";
import type { JobEntry, Manifest } from "./manifest.ts";
import { type Placed, plainlyProtected, protectedAreas, recordAreas } from "./protected-areas.ts";
import type { ManifestDocument } from "./schema.ts";
import type { YamlSource } from "./source.ts";

/**
 * The parsed document as the domain's own types, with what one key can't say alone checked across keys.
 * @param others the other environments, as far as the file tells where their data is
 * @throws ToolkitError when `needs` names no step, `${stem}` stands without a glob, or `clean` would empty what it must not.
 */
export function buildManifest(
  source: YamlSource,
  document: ManifestDocument,
  environment: string,
  others: readonly Placed[] = [],
): Manifest {
  const target = document.environments[environment];
  if (target === undefined) throw manifestError(source, ["environments"], `no environment "${environment}"`);
  const jobs = Object.entries(document.jobs).map(([key, job]): JobEntry => {
    const shell = job["python-version"];
    const shared = (name: keyof typeof job & keyof typeof document.defaults): readonly string[] =>
      (job[name] ?? document.defaults[name] ?? []) as readonly string[];
    return {
      key,
      job: job.job,
      script: posix.normalize(job.script),
      glueVersion:
        job["glue-version"] ?? (shell === undefined ? document.defaults["glue-version"] : undefined),
      pythonVersion: shell,
      extraPyFiles: shared("extra-py-files"),
      additionalPythonModules: shared("additional-python-modules"),
      extraJars: shared("extra-jars"),
      extraFiles: shared("extra-files"),
      replaces: shared("replaces"),
      bookmarks: job.bookmarks,
      line: source.lineOf(["jobs", key]),
    };
  });
  const errors = jobs.flatMap((job) => stemErrors(source, job));
  const own: Placed = { environment, scripts: document.scripts, e2e: document.e2e };
  const areas = protectedAreas(own, others);
  const e2e =
    document.e2e &&
    buildE2e(source, document.e2e, {
      errors,
      areas: plainlyProtected(own, areas),
      records: recordAreas(own),
    });
  throwAll(source.path, errors);
  return {
    path: source.path,
    name: document.name,
    environment: { name: environment, region: target.region, account: target.account },
    environmentNames: Object.keys(document.environments),
    scripts: document.scripts,
    jobs,
    ruleLevels: document.validate?.rules ?? {},
    e2e,
    protectedAreas: areas,
  };
}

/** Whether an entry stands for one job per file. */
export function isGlob(script: string): boolean {
  return /[*?[\]{}!]/.test(script);
}

function stemErrors(source: YamlSource, job: JobEntry): ToolkitError[] {
  const hasStem = job.job.includes("${stem}");
  if (hasStem === isGlob(job.script)) return [];
  const message = hasStem
    ? `jobs.${job.key}.job uses \${stem}, but its script is a single file`
    : `jobs.${job.key} has a glob as script, so its job needs \${stem} to name one job per file`;
  return [manifestError(source, ["jobs", job.key, "job"], message)];
}
