import { posix } from "node:path";
import { decimalOfYaml } from "../base/decimal.ts";
import { mostErrors, type ToolkitError } from "../base/errors.ts";
import { didYouMean } from "../base/nearest.ts";
import { overlap, type ProtectedArea, type S3Area } from "../base/s3-area.ts";
import type { E2eDocument, StepDocument } from "./e2e-schema.ts";
import { manifestError } from "./issues.ts";
import type { CleanTarget, E2eManifest, QueryExpectation, Step } from "./manifest.ts";
import { touchedArea } from "./protected-areas.ts";
import type { YamlSource } from "./source.ts";
import { splitUri } from "./split-uri.ts";

interface Checks {
  /** Where the toolkit keeps its own records. */
  readonly records: readonly S3Area[];
  /** Where errors are put. */
  readonly errors: ToolkitError[];
  /** What `clean` must not touch. */
  readonly areas: readonly ProtectedArea[];
}

/** The `e2e` part as the domain's own types; what is wrong with it is added to the errors. */
export function buildE2e(source: YamlSource, document: E2eDocument, checks: Checks): E2eManifest {
  const { errors } = checks;
  checkNeeds(source, document, errors);
  const { athena } = document;
  if (athena === undefined) {
    for (const [key, step] of Object.entries(document.steps)) {
      if ("query" in step)
        errors.push(
          manifestError(source, ["e2e", "steps", key], `step ${key} is a query, but e2e.athena is missing`),
        );
    }
  }
  const bookmarks = document.bookmarks.map((each) =>
    typeof each === "string"
      ? { job: each, optional: false }
      : { job: each.job, optional: each["may-be-missing"] },
  );
  const steps = Object.entries(document.steps).map(([key, step]) => buildStep(source, key, step, errors));
  checkUploads(source, steps, checks);
  return {
    clean: document.clean.map((uri, index) => cleanTarget(source, document, { uri, index }, checks)),
    allowWholeBucket: document["allow-whole-bucket"],
    bookmarks: bookmarks.map(({ job }) => job),
    optionalBookmarks: new Set(bookmarks.filter(({ optional }) => optional).map(({ job }) => job)),
    athena: athena && { database: athena.database, workgroup: athena.workgroup, output: athena.output },
    steps,
  };
}

function checkNeeds(source: YamlSource, document: E2eDocument, errors: ToolkitError[]): void {
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
}

/** An upload overwrites what stands under its key: a release, a lock, or the state of a run. */
function checkUploads(source: YamlSource, steps: readonly Step[], { errors, records }: Checks): void {
  for (const step of steps) {
    if (step.kind !== "upload") continue;
    const { bucket, objectKey: prefix } = step;
    if (records.every((area) => overlap({ bucket, prefix }, area) !== "lies in")) continue;
    errors.push(
      manifestError(
        source,
        ["e2e", "steps", step.key, "to"],
        `step ${step.key} would write among the releases, locks and run records of this manifest`,
        "Upload to another prefix.",
      ),
    );
  }
}

function cleanTarget(
  source: YamlSource,
  document: E2eDocument,
  { uri, index }: { readonly uri: string; readonly index: number },
  { errors, areas }: Checks,
): CleanTarget {
  const { bucket, key: prefix } = splitUri(uri);
  const refuse = (message: string, remedy: string): void => {
    errors.push(manifestError(source, ["e2e", "clean", index], message, remedy));
  };
  if (prefix === "" && !document["allow-whole-bucket"].includes(bucket)) {
    refuse(
      `clean would empty the whole bucket ${bucket}`,
      "Name a prefix, or list the bucket under e2e.allow-whole-bucket.",
    );
  }
  const touched = touchedArea({ bucket, prefix }, areas);
  if (touched !== undefined) {
    const area = `s3://${touched.bucket}/${touched.prefix}`;
    refuse(
      `clean would empty ${uri}, which ${overlap({ bucket, prefix }, touched)} ${area}: ${touched.what}`,
      "Name a prefix that holds nothing but data which the run makes anew.",
    );
  }
  return { bucket, prefix, line: source.lineOf(["e2e", "clean", index]) };
}

function buildStep(source: YamlSource, key: string, step: StepDocument, errors: ToolkitError[]): Step {
  const { needs, timeout, retries } = step;
  const line = source.lineOf(["e2e", "steps", key]);
  const common = { key, needs, timeout, line, ...(retries === undefined ? {} : { retries }) };
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
  if ("crawler" in step) {
    const tables = step["expect-tables"];
    return {
      ...common,
      kind: "crawler",
      crawler: step.crawler,
      ...(tables === undefined ? {} : { expectTables: tables }),
    };
  }
  if ("run" in step) return { ...common, kind: "run", job: step.run, arguments: step.arguments };
  return { ...common, kind: "query", sql: step.query, expectation: expectationOf(source, key, step, errors) };
}

/** Digits that a JavaScript number holds whatever they are (ECMA-262, Number: 53 bits). */
const safeDigits = 15;

function expectationOf(
  source: YamlSource,
  key: string,
  step: Extract<StepDocument, { query: string }>,
  errors: ToolkitError[],
): QueryExpectation {
  const value = step["expect-value"];
  const digits = typeof value === "number" ? digitsOf(source, key, value) : undefined;
  if (typeof value === "number" && digits === undefined) {
    errors.push(
      manifestError(
        source,
        ["e2e", "steps", key, "expect-value"],
        `expect-value of step ${key} has more digits than can be read here without rounding`,
        "Write the number at this key itself, in decimal, not through an anchor or a merge.",
      ),
    );
  }
  return {
    value,
    ...(digits === undefined ? {} : { digits }),
    rows: step["expect-rows"],
    minRows: step["expect-min-rows"],
    columns: step["expect-columns"],
    tolerance: step.tolerance,
  };
}

/** The file's own digits; a number that is merged in from elsewhere is taken as it was read where that loses nothing. */
function digitsOf(source: YamlSource, key: string, value: number): string | undefined {
  const written = source.textOf(["e2e", "steps", key, "expect-value"]);
  if (written !== undefined) return decimalOfYaml(written);
  const plain = String(value);
  return plain.replaceAll(/\D/g, "").length <= safeDigits ? plain : undefined;
}
