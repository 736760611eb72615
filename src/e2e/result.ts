import * as z from "zod";

/** A moment in UTC, ISO 8601. */
const moment = z.iso.datetime();
const count = z.number().int().nonnegative();

const location = z.strictObject({
  path: z.string(),
  line: z.number().optional(),
  key: z.string().optional(),
});

/** Lines of a script around the one that failed, as the job ran it. */
const sourceLines = z.strictObject({
  path: z.string(),
  /** Number of the first of the lines. */
  firstLine: z.number().int().positive(),
  /** Number of the one that failed. */
  line: z.number().int().positive(),
  lines: z.array(z.string()),
  /** The commit that was deployed, where the release ledger knows it. */
  commit: z.string().optional(),
  /** Whether the checkout holds the same script as was run. */
  inCheckout: z.boolean(),
});

const problem = z.strictObject({
  severity: z.enum(["error", "warning"]),
  /** A known cause (see causes) or an error's code. */
  code: z.string(),
  step: z.string().optional(),
  message: z.string(),
  remedy: z.string(),
  /** What the message says, member by member, for reports in other languages. */
  facts: z.record(z.string(), z.string()),
  location: location.optional(),
  /** One sentence to stand first: what was raised and where; `url` is that line at the deployed commit. */
  headline: z.strictObject({ text: z.string(), url: z.string().optional() }).optional(),
  /** The few log lines that show it. */
  excerpt: z.array(z.string()).optional(),
  /** The end of the log that they are from. */
  log: z.array(z.string()).optional(),
  source: sourceLines.optional(),
});

export const stepStates = ["passed", "failed", "timed-out", "cancelled", "skipped", "not-selected"] as const;

const stepBase = {
  key: z.string(),
  needs: z.array(z.string()),
  /** `skipped`: something it needs failed, or the run ended before its turn. `not-selected`: from-step, until-step. */
  state: z.enum(stepStates),
  /** Failed steps that it waited for, directly or not; for a budget that is exceeded, the steps that used it. */
  blockedBy: z.array(z.string()),
  /** Why a step was skipped that no failed step kept from running. */
  skippedFor: z.enum(["budget", "time", "cancelled"]).optional(),
  startedAt: moment.optional(),
  endedAt: moment.optional(),
  milliseconds: count.optional(),
  /** `kept`: passed in an earlier attempt of the workflow run; `reattached`: what that one started was followed on. */
  pickedUp: z.enum(["kept", "reattached"]).optional(),
  timeline: z.array(z.strictObject({ at: moment, state: z.string() })),
};

const producedObject = z.strictObject({ uri: z.string(), bytes: count, lastModified: moment.optional() });

const uploadDetails = z.strictObject({
  file: z.string(),
  object: producedObject,
  sha256: z.string(),
});

const expectDetails = z.strictObject({
  /** The glob, as a URI. */
  uri: z.string(),
  /** Objects have to be this new. */
  since: moment,
  found: producedObject.optional(),
  /** What appeared instead, nearest keys first, where the object did not. */
  appeared: z.array(producedObject).optional(),
});

/** What a crawl did to the catalog. */
const crawlChanges = z.strictObject({
  tables: z.strictObject({
    made: z.array(z.string()),
    changed: z.array(z.string()),
    deleted: z.array(z.string()),
    /** The crawler's tables that it left as they were. */
    unchanged: z.array(z.string()),
  }),
  partitions: z.strictObject({ made: count, changed: count, deleted: count }),
});

const crawlerDetails = z.strictObject({
  crawler: z.string(),
  status: z.string().optional(),
  crawlStartedAt: moment.optional(),
  error: z.string().optional(),
  log: z.string().optional(),
  /** Left out where it can't be read. */
  changes: crawlChanges.optional(),
});

const attempt = z.strictObject({
  id: z.string(),
  state: z.string(),
  startedAt: moment.optional(),
  endedAt: moment.optional(),
  executionSeconds: z.number(),
  dpuSeconds: z.number().optional(),
  error: z.string().optional(),
});

const runDetails = z.strictObject({
  jobKey: z.string(),
  job: z.string(),
  /** The script that the job pointed at when the run was started. */
  script: z
    .strictObject({
      location: z.string(),
      /** The hash in a content key's name. */
      hash: z.string().optional(),
      /** SHA-256 of the object's bytes when the run was started. */
      sha256: z.string().optional(),
      release: z.string().optional(),
    })
    .optional(),
  /** The libraries of `--extra-py-files`, and what their bytes were then. */
  libraries: z.array(z.strictObject({ location: z.string(), sha256: z.string().optional() })).optional(),
  attempts: z.array(attempt),
});

const queryDetails = z.strictObject({
  sql: z.string(),
  id: z.string().optional(),
  state: z.string().optional(),
  columns: z.array(z.string()).optional(),
  /** Rows counted; `more` when there are more than that. */
  rows: count.optional(),
  more: z.boolean().optional(),
  sample: z.array(z.array(z.string().nullable())).optional(),
  scannedBytes: count.optional(),
  expected: z.array(z.string()),
  actual: z.array(z.string()),
});

/** One step's result. */
export const stepSchema = z.discriminatedUnion("kind", [
  z.strictObject({ ...stepBase, kind: z.literal("upload"), details: uploadDetails.optional() }),
  z.strictObject({ ...stepBase, kind: z.literal("expect"), details: expectDetails.optional() }),
  z.strictObject({ ...stepBase, kind: z.literal("crawler"), details: crawlerDetails.optional() }),
  z.strictObject({ ...stepBase, kind: z.literal("run"), details: runDetails.optional() }),
  z.strictObject({ ...stepBase, kind: z.literal("query"), details: queryDetails.optional() }),
]);

const phase = z.strictObject({
  name: z.enum(["preflight", "clean", "run", "validate"]),
  state: z.enum(["passed", "failed", "timed-out", "cancelled", "skipped"]),
  startedAt: moment.optional(),
  endedAt: moment.optional(),
});

const cleanedLocation = z.strictObject({
  uri: z.string(),
  /** `not-reached`: what was counted is still there. */
  state: z.enum(["cleaned", "empty", "failed", "not-reached"]),
  objects: count,
  markers: count,
  bytes: count,
  error: z.string().optional(),
});

const bookmark = z.strictObject({
  jobKey: z.string(),
  job: z.string(),
  /** `none`: the job has no bookmark yet. */
  state: z.enum(["reset", "none", "failed", "not-reached"]),
  error: z.string().optional(),
});

/** What cleaning did. */
export const cleanSchema = z.strictObject({
  locations: z.array(cleanedLocation),
  bookmarks: z.array(bookmark),
});

const usage = z.strictObject({
  dpuSeconds: z.strictObject({ used: z.number().nonnegative(), max: z.number().positive().optional() }),
  scannedBytes: z.strictObject({ used: count, max: z.number().positive().optional() }),
});

/** A quantity of the last green run and of this one. */
const change = z.strictObject({ before: z.number().nonnegative(), now: z.number().nonnegative() });

const quantities = {
  milliseconds: change.optional(),
  dpuSeconds: change.optional(),
  /** Rows that queries gave. */
  rows: change.optional(),
  /** Bytes that queries scanned, or of an object that was written. */
  bytes: change.optional(),
};

/** How this run compares with the last green one; steps count that passed in both. */
const comparison = z.strictObject({
  /** The last run of all steps that was green; without it none is on record. */
  lastGreen: z
    .strictObject({
      runId: z.string(),
      startedAt: moment,
      commit: z.string().optional(),
      url: z.string().optional(),
    })
    .optional(),
  /** Milliseconds from beginning to end, where this run was a whole and green one too. */
  run: change.optional(),
  /** Sums over the steps that both runs have. */
  total: z.strictObject(quantities),
  steps: z.array(z.strictObject({ key: z.string(), ...quantities })),
});

export const results = ["passed", "failed", "timed-out", "cancelled"] as const;

/** The document of a run's JSON report, and what every other report is made from. */
export const e2eResultSchema = z.strictObject({
  version: z.literal(1),
  pipeline: z.string(),
  environment: z.strictObject({ name: z.string(), region: z.string(), account: z.string().optional() }),
  run: z.strictObject({
    runId: z.string(),
    /** Attempt of the workflow run: 2 and more for "Re-run jobs". */
    attempt: z.number().int().positive().optional(),
    commit: z.string().optional(),
    repository: z.string().optional(),
    actor: z.string().optional(),
    url: z.string().optional(),
  }),
  result: z.enum(results),
  failedStep: z.string().optional(),
  startedAt: moment,
  endedAt: moment,
  milliseconds: count,
  /** The release that the jobs were expected to run. */
  expectedRelease: z.string().optional(),
  /** The earlier attempt of the workflow run whose work this one went on with. */
  pickedUpFrom: z.strictObject({ attempt: z.number().int().positive(), startedAt: moment }).optional(),
  /** What all attempts of all jobs, and all queries, have used; `max` where a budget was given. */
  usage,
  phases: z.array(phase),
  clean: cleanSchema,
  steps: z.array(stepSchema),
  problems: z.array(problem),
  /** Left out where the run was cancelled or the record could not be read. */
  comparison: comparison.optional(),
  /** Parts done of the parts asked for: the cleaning as a whole, and each selected step. */
  progress: z.strictObject({ done: count, total: count, percent: count }),
});

export type E2eResult = z.infer<typeof e2eResultSchema>;
export type RunInfo = E2eResult["run"];
export type StepResult = z.infer<typeof stepSchema>;
export type StepState = (typeof stepStates)[number];
export type Usage = z.infer<typeof usage>;
export type Problem = z.infer<typeof problem>;
export type SourceLines = z.infer<typeof sourceLines>;
export type Change = z.infer<typeof change>;
export type Comparison = z.infer<typeof comparison>;
export type Phase = z.infer<typeof phase>;
export type CleanResult = z.infer<typeof cleanSchema>;
export type CleanedLocation = z.infer<typeof cleanedLocation>;
export type BookmarkResult = z.infer<typeof bookmark>;
export type Attempt = z.infer<typeof attempt>;
export type ProducedObject = z.infer<typeof producedObject>;

export type UploadDetails = z.infer<typeof uploadDetails>;
export type ExpectDetails = z.infer<typeof expectDetails>;
export type CrawlChanges = z.infer<typeof crawlChanges>;
export type CrawlerDetails = z.infer<typeof crawlerDetails>;
export type RunDetails = z.infer<typeof runDetails>;
export type QueryDetails = z.infer<typeof queryDetails>;

/** A moment of the clock, or of the service, as results hold it. */
export function momentOf(time: number | Date): string {
  return new Date(time).toISOString();
}
