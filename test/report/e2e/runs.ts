import type { E2eResult, StepResult } from "../../../src/e2e/result.ts";
import { incident } from "./incident.ts";

const moments = { startedAt: "2025-11-05T18:03:09.000Z", endedAt: "2025-11-05T18:03:10.000Z" };
const passed = { needs: [], state: "passed" as const, blockedBy: [], ...moments, milliseconds: 1_000 };
const timeline = [{ at: "2025-11-05T18:03:09.500Z", state: "RUNNING" }];

/** A step of each kind that passed, with all that it can tell. */
const told: StepResult[] = [
  {
    ...passed,
    key: "arrived",
    kind: "expect",
    timeline,
    details: {
      uri: "s3://bronze/**/*.parquet",
      since: "2025-11-05T18:03:00.000Z",
      found: { uri: "s3://bronze/car/part-0.parquet", bytes: 29_082 },
    },
  },
  {
    ...passed,
    key: "crawl",
    kind: "crawler",
    timeline,
    details: {
      crawler: "bronze-crawler",
      status: "SUCCEEDED",
      crawlStartedAt: "2025-11-05T18:04:01.000Z",
      error: "one table was skipped",
      log: "/aws-glue/crawlers bronze-crawler",
    },
  },
  {
    ...passed,
    key: "gold",
    kind: "run",
    pickedUp: "reattached",
    timeline,
    details: {
      jobKey: "gold",
      job: "gold-dev",
      script: { location: "s3://scripts/gold-3f2a9c81b0de.py", hash: "3f2a9c81b0de", release: "20251105-1" },
      attempts: [{ id: "jr_77", state: "SUCCEEDED", executionSeconds: 61, dpuSeconds: 1_234.5 }],
    },
  },
  {
    ...passed,
    key: "count",
    kind: "query",
    timeline,
    details: {
      sql: "SELECT count(*) FROM gold",
      columns: ["n"],
      rows: 1_000,
      more: true,
      sample: [["17"], [null]],
      scannedBytes: 2_048,
      expected: ["at least 1 row"],
      actual: ["1000 rows"],
    },
  },
];

/** Green, measured against a green one before. */
export const green: E2eResult = {
  ...incident,
  result: "passed",
  run: { runId: "4712", commit: "0123456789abcdef0123456789abcdef01234567" },
  expectedRelease: "20251105-1",
  usage: { dpuSeconds: { used: 900, max: 4_000 }, scannedBytes: { used: 0 } },
  phases: [
    { name: "preflight", state: "passed", ...moments },
    { name: "clean", state: "cancelled", startedAt: moments.startedAt, endedAt: moments.startedAt },
  ],
  clean: {
    locations: [{ uri: "s3://b/", state: "cleaned", objects: 3, markers: 2, bytes: 10 }],
    bookmarks: [],
  },
  steps: told,
  problems: [],
  comparison: {
    lastGreen: {
      runId: "4699",
      startedAt: "2025-11-04T18:00:00.000Z",
      url: "https://github.com/acme/lake/actions/runs/4699",
    },
    run: { before: 60_000, now: 90_000 },
    total: { dpuSeconds: { before: 0, now: 5 }, rows: { before: 10, now: 10 } },
    steps: [],
  },
  progress: { done: 5, total: 5, percent: 100 },
};

const nothing = { needs: [], blockedBy: [], timeline: [] };

/** Ended early and in every bad way; of its steps as little is known as can be. */
export const rough: E2eResult = {
  ...incident,
  run: { runId: "4713" },
  result: "timed-out",
  failedStep: "bare-query",
  clean: {
    locations: [
      {
        uri: "s3://b/x/",
        state: "failed",
        objects: 0,
        markers: 0,
        bytes: 0,
        error: "AccessDenied on s3:DeleteObject",
      },
    ],
    bookmarks: [{ jobKey: "a", job: "a-dev", state: "failed", error: "Throttled" }],
  },
  steps: [
    { ...nothing, key: "early", kind: "upload", state: "not-selected" },
    {
      ...nothing,
      key: "unfound",
      kind: "expect",
      state: "timed-out",
      details: { uri: "s3://b/*.json", since: moments.startedAt },
    },
    { ...nothing, key: "crawlless", kind: "crawler", state: "cancelled", details: { crawler: "c", log: "" } },
    {
      ...nothing,
      key: "runless",
      kind: "run",
      state: "failed",
      ...moments,
      details: { jobKey: "a", job: "a-dev", attempts: [] },
    },
    { ...nothing, key: "never", kind: "run", state: "skipped" },
    { ...nothing, key: "queryless", kind: "query", state: "failed" },
    {
      ...nothing,
      key: "bare-query",
      kind: "query",
      state: "timed-out",
      details: { sql: "SELECT 2", expected: [], actual: [] },
    },
  ],
  problems: [
    {
      severity: "error",
      code: "moved",
      message: "the script moved",
      remedy: "look at it",
      facts: {},
      location: { path: "glue-pipeline.yml", key: "jobs.silver" },
      source: { path: "jobs/a.py", firstLine: 1, line: 1, lines: ["boom()"], inCheckout: false },
      excerpt: ["the line"],
      log: ["before", "the line", "after"],
    },
  ],
  comparison: { total: {}, steps: [] },
};
