import * as z from "zod";
import { ToolkitError } from "../base/errors.ts";
import { codeLocationSchema } from "./code-location.ts";
import type { Provenance } from "./place.ts";
import type { Plan } from "./plan.ts";

const provenance = z.strictObject({
  commit: z.string(),
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
});

const recordSchema = z.strictObject({
  version: z.literal(1),
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
  /** Every job of the release, unchanged ones too, so that one record tells the whole state. */
  jobs: z.array(job),
});

/** One release in the ledger. It holds no job setting but where the code is, hence no secret. */
export type ReleaseRecord = z.infer<typeof recordSchema>;

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
  const { commit, repository, runId, runUrl, actor } = plan.provenance;
  return {
    version: 1,
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
    provenance: {
      commit,
      repository,
      runId,
      ...(runUrl === undefined ? {} : { runUrl }),
      ...(actor === undefined ? {} : { actor }),
    },
    jobs: plan.jobs.flatMap(({ key, job: name, current, next }) =>
      current === null || next === null ? [] : [{ key, job: name, before: current, after: next }],
    ),
  };
}

/**
 * A record from its JSON text.
 * @param id of the release that it must be about
 * @throws ToolkitError `release-record-invalid`, also for a record of a newer toolkit
 */
export function parseRecord(text: string, id: string, uri: string): ReleaseRecord {
  const parsed = recordSchema.extend({ id: z.literal(id) }).safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ToolkitError({
    code: "release-record-invalid",
    message: `${uri} is not a release record this toolkit can read: ${issue?.path.join(".") || "document"}: ${issue?.message ?? "unreadable"}`,
    remedy:
      "If a newer version of the toolkit wrote it, use that version; if it was damaged, restore or delete it.",
    source: "user",
  });
}

/** A record as it is stored. */
export function formatRecord(record: ReleaseRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
