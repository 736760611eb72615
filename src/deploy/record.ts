import * as z from "zod";
import { ToolkitError } from "../base/errors.ts";
import { parseJson } from "../base/parse-json.ts";
import { codeLocationSchema, sameCodeLocation, urisOf } from "./code-location.ts";
import type { Provenance } from "./place.ts";
import type { Plan } from "./plan.ts";

const provenance = z.strictObject({
  commit: z.string(),
  /** Whether files that were deployed differed from the commit. */
  dirty: z.boolean().optional(),
  repository: z.string(),
  runId: z.string(),
  runUrl: z.string().optional(),
  actor: z.string().optional(),
});

const job = z.strictObject({
  key: z.string(),
  job: z.string(),
  before: codeLocationSchema,
  after: codeLocationSchema,
  /** The commit that `after` was deployed from, where that isn't the release's own: in a rollback. */
  commit: z.string().optional(),
});

const common = {
  id: z.string().min(1),
  kind: z.enum(["deploy", "rollback"]),
  /** pending: jobs may stand on either side; applied: all at `after`; rolled-back: all at `before`. */
  status: z.enum(["pending", "applied", "rolled-back"]),
  environment: z.string(),
  region: z.string(),
  account: z.string(),
  createdAt: z.iso.datetime(),
  settledAt: z.iso.datetime().nullable(),
  /** The release that a rollback went back to. */
  rollbackTo: z.string().nullable(),
  /** Why the release is rolled-back, or still pending. */
  note: z.string().nullable(),
  provenance,
  jobs: z.array(job),
};

const recordSchema = z.strictObject({
  version: z.literal(2),
  ...common,
  /** The manifest that wrote it; null in a record of version 1. */
  manifest: z.strictObject({ name: z.string(), path: z.string() }).nullable(),
  /** Full SHA-256, in hex, of scripts and libraries of ours that `before` and `after` name, by S3 URI, as far as known. */
  objects: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)),
});

/** Version 1 named unchanged jobs too, and neither the manifest nor full digests. */
const firstSchema = z.strictObject({ version: z.literal(1), ...common });

/**
 * One release in the ledger: the jobs that it changed, each with its code location before and after. It holds no other
 * job setting, hence no secret.
 */
export type ReleaseRecord = z.infer<typeof recordSchema>;
export type RecordedJob = ReleaseRecord["jobs"][number];

/** `<UTC time>-<first 12 of the commit>-<run id>`, so that names sort by time. */
export function releaseId(milliseconds: number, by: Provenance): string {
  const time = new Date(milliseconds).toISOString().replaceAll(/[-:]/g, "");
  const safe = (part: string): string => part.replaceAll(/[^A-Za-z0-9._]/g, "_");
  return `${time}-${safe(by.commit.slice(0, 12))}-${safe(by.runId)}`;
}

/**
 * The time that a new release's id shows: later than the newest release's, for ids tell the order of releases even
 * where a machine's clock is behind another's.
 * @param newest id of the newest release
 */
export function releaseTime(now: number, newest: string | undefined): number {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)([\d.]+Z)-/.exec(newest ?? "");
  if (parts === null) return now;
  const [, year, month, day, hour, minute, second] = parts;
  const last = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}`);
  return Number.isNaN(last) ? now : Math.max(now, last + 1);
}

/**
 * The record of a plan that is about to be applied.
 * @param milliseconds the time that its id shows, see `releaseTime`
 */
export function pendingRecord(plan: Plan, milliseconds: number): ReleaseRecord {
  return {
    version: 2,
    id: releaseId(milliseconds, plan.provenance),
    kind: plan.mode,
    status: "pending",
    environment: plan.environment,
    region: plan.region,
    account: plan.account,
    createdAt: new Date(milliseconds).toISOString(),
    settledAt: null,
    rollbackTo: plan.rollbackTo,
    note: null,
    manifest: plan.manifest,
    provenance: recordedProvenance(plan.provenance),
    jobs: plan.jobs.flatMap(({ key, job: name, current, next, fields, commit }) =>
      current === null || next === null || fields.length === 0
        ? []
        : [{ key, job: name, before: current, after: next, ...(commit === undefined ? {} : { commit }) }],
    ),
    objects: digestsOf(plan),
  };
}

/**
 * A record from its JSON text; one of version 1 in the form of today, without the jobs that it did not change.
 * @param id of the release that it must be about
 * @throws ToolkitError `release-record-invalid`, also for a record of a newer toolkit
 */
export function parseRecord(text: string, id: string, uri: string): ReleaseRecord {
  const document = parseJson(text);
  const first = firstSchema.safeParse(document);
  const parsed = recordSchema.safeParse(first.success ? fromFirst(first.data) : document);
  if (parsed.success && parsed.data.id === id) return withChangedJobs(parsed.data);
  const issue = parsed.error?.issues[0];
  const why = parsed.success
    ? `id: it is of the release ${parsed.data.id}`
    : `${issue?.path.join(".") || "document"}: ${issue?.message ?? "unreadable"}`;
  throw new ToolkitError({
    code: "release-record-invalid",
    message: `${uri} is not a release record this toolkit can read: ${why}`,
    remedy:
      "If a newer version of the toolkit wrote it, use that version; if it was damaged, restore or delete it.",
    source: "user",
  });
}

/** Whether a stored record is of a later version than this toolkit writes: it is not damaged, only unknown. */
export function isOfNewerToolkit(text: string): boolean {
  const parsed = z.object({ version: z.number() }).safeParse(parseJson(text));
  return parsed.success && parsed.data.version > 2;
}

/** A record as it is stored. */
export function formatRecord(record: ReleaseRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

function fromFirst(record: z.infer<typeof firstSchema>): ReleaseRecord {
  return { ...record, version: 2, manifest: null, objects: {} };
}

function withChangedJobs(record: ReleaseRecord): ReleaseRecord {
  return {
    ...record,
    jobs: record.jobs.filter(({ before, after }) => !sameCodeLocation(before, after)),
  };
}

function recordedProvenance(by: Provenance): ReleaseRecord["provenance"] {
  const { commit, dirty, repository, runId, runUrl, actor } = by;
  return {
    commit,
    ...(dirty === undefined ? {} : { dirty }),
    repository,
    runId,
    ...(runUrl === undefined ? {} : { runUrl }),
    ...(actor === undefined ? {} : { actor }),
  };
}

/** Of the URIs that changed jobs name alone, so that a record stays as small as what it changed. */
function digestsOf(plan: Plan): Record<string, string> {
  const named = new Set(
    plan.jobs
      .filter(({ fields }) => fields.length > 0)
      .flatMap(({ current, next }) => [current, next].flatMap((at) => (at === null ? [] : urisOf(at)))),
  );
  return Object.fromEntries(Object.entries(plan.objects).filter(([uri]) => named.has(uri)));
}
