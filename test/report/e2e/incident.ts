import { knownProblem } from "../../../src/e2e/causes.ts";
import type { E2eResult } from "../../../src/e2e/result.ts";

const error = "IndentationError: unexpected indent (silver_consolidation_job.py, line 294)";
const script = "s3://datalake-pipeline-glue-scripts-dev/silver_consolidation_job.py";

/** The incident, shortened: one step of each kind, and the silver job fails twice. */
export const incident: E2eResult = {
  version: 1,
  pipeline: "datalake-pipeline",
  environment: { name: "dev", region: "us-east-1", account: "000000000000" },
  run: {
    runId: "4711",
    commit: "0123456789abcdef0123456789abcdef01234567",
    actor: "octocat",
    url: "https://github.com/acme/lake/actions/runs/4711",
  },
  result: "failed",
  failedStep: "silver",
  startedAt: "2025-11-05T18:03:00.000Z",
  endedAt: "2025-11-05T18:15:00.000Z",
  milliseconds: 720_000,
  usage: { dpuSeconds: { used: 900 }, scannedBytes: { used: 12_000 } },
  phases: [
    { name: "preflight", state: "passed" },
    { name: "clean", state: "passed" },
    { name: "run", state: "failed" },
    { name: "validate", state: "skipped" },
  ],
  clean: {
    locations: [
      { uri: "s3://landing/", state: "empty", objects: 0, markers: 0, bytes: 0 },
      { uri: "s3://bronze/car/", state: "cleaned", objects: 1_204, markers: 0, bytes: 29_082 },
    ],
    bookmarks: [
      { jobKey: "silver", job: "silver-dev", state: "reset" },
      { jobKey: "gold", job: "gold-dev", state: "none" },
    ],
  },
  steps: [
    {
      key: "ingest",
      kind: "upload",
      needs: [],
      state: "passed",
      blockedBy: [],
      startedAt: "2025-11-05T18:03:09.000Z",
      endedAt: "2025-11-05T18:03:10.000Z",
      milliseconds: 1_000,
      timeline: [],
      details: {
        file: "data/car_raw_data_001.json",
        object: {
          uri: "s3://landing/car_raw_data_001.json",
          bytes: 2_355,
          lastModified: "2025-11-05T18:03:09.000Z",
        },
        sha256: "00",
      },
    },
    {
      key: "silver",
      kind: "run",
      needs: ["ingest"],
      state: "failed",
      blockedBy: [],
      startedAt: "2025-11-05T18:07:00.000Z",
      endedAt: "2025-11-05T18:11:00.000Z",
      milliseconds: 240_000,
      timeline: [],
      details: {
        jobKey: "silver",
        job: "silver-dev",
        script: { location: script },
        attempts: [
          {
            id: "jr_d1237746",
            state: "FAILED",
            startedAt: "2025-11-05T18:07:12.000Z",
            endedAt: "2025-11-05T18:08:50.000Z",
            executionSeconds: 98,
            dpuSeconds: 196,
            error,
          },
          { id: "jr_d1237746_attempt_1", state: "FAILED", executionSeconds: 90, error },
        ],
      },
    },
    {
      key: "crawl-silver",
      kind: "crawler",
      needs: ["silver"],
      state: "skipped",
      blockedBy: ["silver"],
      timeline: [],
    },
    {
      key: "check",
      kind: "query",
      needs: ["crawl-silver"],
      state: "skipped",
      blockedBy: ["silver"],
      timeline: [],
    },
  ],
  problems: [
    knownProblem("no-bookmark", { job: "gold-dev" }, { severity: "warning" }),
    knownProblem(
      "orphan-code",
      {
        error,
        script: "glue_jobs/silver_consolidation_job.py",
        line: "294",
        commitLine: "293",
        from: "294",
        to: "523",
        count: "230",
        repeatedFrom: "294",
        repeatedTo: "520",
        originalFrom: "60",
        originalTo: "286",
      },
      {
        step: "silver",
        location: { path: "glue_jobs/silver_consolidation_job.py", line: 294 },
        excerpt: [
          '  File "/tmp/silver_consolidation_job.py", line 294',
          "IndentationError: unexpected indent",
        ],
        source: {
          path: "glue_jobs/silver_consolidation_job.py",
          firstLine: 292,
          line: 294,
          lines: [
            "",
            "job.commit()",
            '    F.col("vehicle_dynamic_state.engine.data.temperature").alias("engine_temperature"),',
            '    F.col("vehicle_dynamic_state.engine.data.rpm").alias("engine_rpm"),',
          ],
          commit: "0123456789abcdef0123456789abcdef01234567",
          inCheckout: true,
        },
      },
    ),
  ],
  comparison: {
    lastGreen: { runId: "4699", startedAt: "2025-11-04T18:00:00.000Z" },
    total: { milliseconds: { before: 1_250, now: 1_000 }, bytes: { before: 2_355, now: 2_355 } },
    steps: [
      {
        key: "ingest",
        milliseconds: { before: 1_250, now: 1_000 },
        bytes: { before: 2_355, now: 2_355 },
      },
    ],
  },
  progress: { done: 2, total: 5, percent: 40 },
};
