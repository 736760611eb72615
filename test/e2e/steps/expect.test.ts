import { describe, expect, it } from "vitest";
import { expectStep } from "../../../src/e2e/steps/expect.ts";
import { scriptedRun, stepBase } from "../scripted-run.ts";

const listing = (...objects: readonly [key: string, modified: string][]) =>
  `<ListBucketResult>${objects.map(([key, modified]) => `<Contents><Key>${key}</Key><Size>4</Size><LastModified>${modified}</LastModified></Contents>`).join("")}</ListBucketResult>`;

describe("an expect step", () => {
  const step = { ...stepBase, kind: "expect", bucket: "b", pattern: "bronze/**/*.parquet" } as const;
  const uploaded = { kind: "upload", details: { object: { lastModified: "2025-11-05T10:00:00.900Z" } } };

  it("finds the newest object under its glob that is as new as the upload, in S3's whole seconds", async () => {
    const run = await scriptedRun(
      {
        ListObjectsV2: [
          listing(["bronze/old.parquet", "2025-11-05T09:59:59Z"]),
          listing(
            ["bronze/a.parquet", "2025-11-05T10:00:00Z"],
            ["bronze/x/b.parquet", "2025-11-05T10:00:02Z"],
            ["bronze/c.parquet", "2025-11-05T10:00:01Z"],
            ["bronze/d.json", "2025-11-05T11:00:00Z"],
          ),
        ],
      },
      { before: [uploaded, { kind: "run" }, { kind: "upload" }] as never },
    );
    expect(await expectStep(step, run)).toEqual({
      state: "passed",
      problems: [],
      details: {
        uri: "s3://b/bronze/**/*.parquet",
        since: "2025-11-05T10:00:00.000Z",
        found: { uri: "s3://b/bronze/x/b.parquet", bytes: 4, lastModified: "2025-11-05T10:00:02.000Z" },
      },
    });
    expect(run.states).toEqual(["MISSING", "FOUND"]);
  });

  it("asks since the run's start where nothing was uploaded, and says what it waited for", async () => {
    const run = await scriptedRun({ ListObjectsV2: [listing()] }, { limit: 30_000 });
    expect(await expectStep(step, run)).toMatchObject({
      state: "timed-out",
      details: { since: "1970-01-01T00:00:00.000Z" },
      problems: [{ code: "object-not-found", facts: { limit: "30s", uri: "s3://b/bronze/**/*.parquet" } }],
    });
  });

  it("is failed by any other error, and cancelled with the run", async () => {
    const script = { ListObjectsV2: [{ status: 403 }] } as const;
    expect(await expectStep(step, await scriptedRun(script))).toMatchObject({
      state: "failed",
      problems: [{ code: "aws-access-denied" }],
    });
    expect(await expectStep(step, await scriptedRun(script, { signal: AbortSignal.abort() }))).toMatchObject({
      state: "cancelled",
      problems: [],
    });
  });
});
