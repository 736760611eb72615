import { lastModified, type RawJob, text } from "../aws/raw-job.ts";
import { type Blocker, blockersOf, missingJob, type PlanRules, pythonMismatch } from "./blockers.ts";
import {
  type CodeLocation,
  codeLocationOf,
  type FieldChange,
  fieldChanges,
  urisOf,
} from "./code-location.ts";
import type { DesiredJob } from "./desired.ts";
import type { Provenance } from "./place.ts";

export type PlanAction = "change" | "unchanged" | "blocked";

/** What a release does to one job. Plain data: it can be printed, stored and compared. */
export interface JobPlan {
  readonly key: string;
  /** Name of the Glue job. */
  readonly job: string;
  readonly script: string | null;
  readonly action: PlanAction;
  /** Null when there is no such job. */
  readonly current: CodeLocation | null;
  readonly next: CodeLocation | null;
  readonly fields: readonly FieldChange[];
  readonly reasons: readonly string[];
  readonly warnings: readonly string[];
  readonly blockers: readonly Blocker[];
  /** LastModifiedOn as its JSON text: applied only if it still is this. */
  readonly lastModifiedOn: string;
  /** S3 keys that must hold their bytes before the job may point there. */
  readonly artifacts: readonly string[];
  /** The commit that the code was deployed from, where that isn't the commit of the release: in a rollback. */
  readonly commit?: string | undefined;
  /** Unified diff of the script's text against the one that runs today; null where it wasn't asked for or can't be had. */
  readonly scriptDiff: string | null;
  /** Why there is no diff, where it was asked for. */
  readonly noDiff?: string | undefined;
}

/** What a release does, decided before anything is touched. */
export interface Plan {
  readonly version: 1;
  readonly mode: "deploy" | "rollback";
  readonly environment: string;
  readonly region: string;
  readonly account: string;
  readonly bucket: string;
  readonly prefix: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly provenance: Provenance;
  /** The manifest that the plan was made from. */
  readonly manifest: { readonly name: string; readonly path: string };
  /** The release that is gone back to. */
  readonly rollbackTo: string | null;
  readonly jobs: readonly JobPlan[];
  /** Full SHA-256, in hex, of scripts and libraries of ours that the jobs have or will have, by S3 URI, as far as known. */
  readonly objects: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
}

/** Decides what happens to one job, from what it has and what it should have. */
export function planJob(desired: DesiredJob, live: RawJob | undefined, rules: PlanRules): JobPlan {
  if (live === undefined) return planOfMissing(desired);
  const current = codeLocationOf(live);
  const next = desired.next(current);
  const fields = fieldChanges(current, next);
  const standing = new Set(urisOf(current));
  // a rollback uploads nothing
  const missing =
    desired.script === null
      ? []
      : urisOf(next).filter((uri) => standing.has(uri) && rules.scripts.get(uri) === "missing");
  const blockers = blockersOf({ desired, live, current, next, rules });
  const changes = fields.length > 0 || missing.length > 0;
  return {
    key: desired.key,
    job: desired.job,
    script: desired.script,
    action: blockers.length > 0 ? "blocked" : changes ? "change" : "unchanged",
    current,
    next,
    fields,
    reasons: [
      ...fields.map(({ member }) => `${member} changes`),
      ...missing.map((uri) => `${uri} is gone from S3 and is uploaded again`),
    ],
    warnings: [
      ...scriptWarnings(current, rules, new Set(missing)),
      ...jobWarnings(desired, live, changes, rules),
    ],
    blockers,
    lastModifiedOn: lastModified(live),
    artifacts: desired.artifacts,
    ...(desired.commit === undefined ? {} : { commit: desired.commit }),
    scriptDiff: null,
  };
}

function planOfMissing({ key, job, script, artifacts }: DesiredJob): JobPlan {
  return {
    key,
    job,
    script,
    action: "blocked",
    current: null,
    next: null,
    fields: [],
    reasons: [],
    warnings: [],
    blockers: [missingJob(job)],
    lastModifiedOn: "",
    artifacts,
    scriptDiff: null,
  };
}

/** Adds what is known of a job's runs: they keep the script they started with. */
export function withActiveRuns(
  job: JobPlan,
  runIds: readonly string[],
  onRunning: "warn" | "wait" | "fail",
): JobPlan {
  if (runIds.length === 0) return job;
  const one = runIds.length === 1;
  const message = `${one ? "a run is" : `${runIds.length} runs are`} in flight (${runIds.slice(0, 3).join(", ")})`;
  if (onRunning !== "fail") {
    const kept = `${one ? "it keeps" : "they keep"} the script ${one ? "it" : "they"} started with`;
    return { ...job, warnings: [...job.warnings, `${message}: ${kept}`] };
  }
  const remedy = "Wait for the run to end, or deploy with on-running: wait.";
  return {
    ...job,
    action: "blocked",
    blockers: [...job.blockers, { code: "job-running", message, remedy }],
  };
}

/** @param uploaded what the release uploads again */
function scriptWarnings(
  current: CodeLocation,
  rules: PlanRules,
  uploaded: ReadonlySet<string>,
): readonly string[] {
  return urisOf(current).flatMap((uri) => {
    const state = rules.scripts.get(uri);
    if (state === "drifted")
      return [`runs ${uri}, whose bytes are not those that were deployed there: somebody overwrote it`];
    return state === "missing" && !uploaded.has(uri) ? [`runs ${uri}, which is gone`] : [];
  });
}

function isShell(live: RawJob): boolean {
  return text(live, "Command", "Name") === "pythonshell";
}

function jobWarnings(
  desired: DesiredJob,
  live: RawJob,
  changes: boolean,
  rules: PlanRules,
): readonly string[] {
  const warnings: string[] = [];
  const version = text(live, "GlueVersion");
  if (rules.allowGlueVersionChange && desired.glueVersion !== undefined && desired.glueVersion !== version) {
    warnings.push(`runs on Glue ${version ?? "(none)"}, the manifest says ${desired.glueVersion}`);
  }
  const python = pythonMismatch(live, desired.pythonVersion);
  if (rules.allowGlueVersionChange && python !== undefined) warnings.push(python);
  if (desired.script !== null && desired.pythonVersion === undefined && isShell(live)) {
    warnings.push("is a Python shell job, but the manifest gives it no python-version");
  }
  const profile = text(live, "ProfileName");
  if (changes && profile !== undefined) {
    warnings.push(`has the usage profile ${profile}: UpdateJob replaces it by the caller's`);
  }
  return warnings;
}
