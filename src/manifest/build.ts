import { posix } from "node:path";
import { mostErrors, type ToolkitError, throwAll } from "../base/errors.ts";
import { didYouMean } from "../base/nearest.ts";
import type { E2eDocument, StepDocument } from "./e2e-schema.ts";
import { manifestError } from "./issues.ts";
import type { CleanTarget, E2eManifest, JobEntry, Manifest, Step } from "./manifest.ts";
import type { ManifestDocument } from "./schema.ts";
import type { YamlSource } from "./source.ts";

/**
 * The parsed document as the domain's own types, with what one key can't say alone checked across keys.
 * @throws ToolkitError when `needs` names no step, `${stem}` stands without a glob, or a whole bucket isn't allowed.
 */
export function buildManifest(source: YamlSource, document: ManifestDocument, environment: string): Manifest {
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
  const e2e = document.e2e === undefined ? undefined : buildE2e(source, document.e2e, errors);
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

function buildE2e(source: YamlSource, document: E2eDocument, errors: ToolkitError[]): E2eManifest {
  const names = new Set(Object.keys(document.steps));
  for (const [key, step] of Object.entries(document.steps)) {
    for (const [index, need] of step.needs.entries()) {
      if ((names.has(need) && need !== key) || errors.length >= mostErrors) continue;
      const message =
        need === key
          ? `step ${key} needs itself`
          : `step ${key} needs "${need}", which is no step.${didYouMean(need, names)}`;
      errors.push(manifestError(source, ["e2e", "steps", key, "needs", index], message));
    }
  }
  const clean = document.clean.map((uri, index): CleanTarget => {
    const { bucket, key: prefix } = splitUri(uri);
    if (prefix === "" && !document["allow-whole-bucket"].includes(bucket)) {
      errors.push(
        manifestError(
          source,
          ["e2e", "clean", index],
          `clean would empty the whole bucket ${bucket}`,
          "Name a prefix, or list the bucket under e2e.allow-whole-bucket.",
        ),
      );
    }
    return { bucket, prefix, line: source.lineOf(["e2e", "clean", index]) };
  });
  const athena = document.athena;
  if (athena === undefined) {
    for (const [key, step] of Object.entries(document.steps)) {
      if ("query" in step)
        errors.push(
          manifestError(source, ["e2e", "steps", key], `step ${key} is a query, but e2e.athena is missing`),
        );
    }
  }
  return {
    clean,
    allowWholeBucket: document["allow-whole-bucket"],
    bookmarks: document.bookmarks,
    athena: athena && { database: athena.database, workgroup: athena.workgroup, output: athena.output },
    steps: Object.entries(document.steps).map(([key, step]) =>
      buildStep(key, step, source.lineOf(["e2e", "steps", key])),
    ),
  };
}

function buildStep(key: string, step: StepDocument, line: number | undefined): Step {
  const common = { key, needs: step.needs, timeout: step.timeout, line };
  if ("upload" in step) {
    const { bucket, key: objectKey } = splitUri(step.to);
    const whole =
      objectKey === "" || objectKey.endsWith("/") ? objectKey + posix.basename(step.upload) : objectKey;
    return { ...common, kind: "upload", file: step.upload, bucket, objectKey: whole };
  }
  if ("expect" in step) {
    const { bucket, key: pattern } = splitUri(step.expect);
    return { ...common, kind: "expect", bucket, pattern };
  }
  if ("crawler" in step) return { ...common, kind: "crawler", crawler: step.crawler };
  if ("run" in step) return { ...common, kind: "run", job: step.run, arguments: step.arguments };
  const expectation = {
    value: step["expect-value"],
    rows: step["expect-rows"],
    minRows: step["expect-min-rows"],
    columns: step["expect-columns"],
    tolerance: step.tolerance,
  };
  return { ...common, kind: "query", sql: step.query, expectation };
}

function splitUri(uri: string): { bucket: string; key: string } {
  const rest = uri.slice("s3://".length);
  const slash = rest.indexOf("/");
  return { bucket: rest.slice(0, slash), key: rest.slice(slash + 1) };
}
