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

  describe("whose object did not appear", () => {
    const upload = {
      ...stepBase,
      key: "up",
      kind: "upload",
      bucket: "b",
      objectKey: "in/a.json",
      file: "a.json",
    };
    const before = [{ ...uploaded, key: "up" }];
    const later = "2025-11-05T10:00:05Z";
    const find = { ...step, pattern: "bronze/*/out.parquet" };
    const e2eOf = async () => ({ ...(await scriptedRun({})).e2e, steps: [upload] });
    const notification = (prefix: string) =>
      `<NotificationConfiguration><CloudFunctionConfiguration><Id>1</Id><CloudFunction>arn:aws:lambda:us-east-1:123456789012:function:ingest</CloudFunction><Event>s3:ObjectCreated:*</Event><Filter><S3Key><FilterRule><Name>prefix</Name><Value>${prefix}</Value></FilterRule></S3Key></Filter></CloudFunctionConfiguration></NotificationConfiguration>`;
    const log = [
      "[ERROR] KeyError: 'fuel'",
      "Traceback (most recent call last):",
      '  File "/var/task/h.py", line 7, in handler',
    ];
    const ask = async (script: object) =>
      expectStep(
        find as never,
        await scriptedRun(script as never, {
          limit: 9_000,
          before: before as never,
          e2e: (await e2eOf()) as never,
        }),
      );

    it("says where the name did appear, the run's own upload aside", async () => {
      const objects = listing(
        ["in/a.json", later],
        ["silver/x/out.parquet", later],
        ["bronze/y/other.parquet", later],
      );
      const result = await ask({ ListObjectsV2: [objects], GET: ["<NotificationConfiguration/>"] });
      expect(result).toMatchObject({
        state: "timed-out",
        problems: [{ code: "object-elsewhere", facts: { found: "s3://b/silver/x/out.parquet" } }],
      });
      expect(JSON.stringify(result)).not.toContain("in/a.json");
      expect(JSON.stringify(result)).toContain("s3://b/bronze/y/other.parquet");
    });

    it("names the function that the upload set off, its exception and its line", async () => {
      const result = await ask({
        ListObjectsV2: [listing(["in/a.json", later])],
        GET: [notification("in/")],
        FilterLogEvents: [{ events: log.map((message, timestamp) => ({ message, timestamp })) }],
      });
      expect(result.problems).toMatchObject([
        { code: "lambda-failed", facts: { function: "ingest", error: "KeyError: 'fuel'", place: "h.py:7" } },
      ]);
    });

    it("blames no function that the upload does not set off", async () => {
      const result = await ask({
        ListObjectsV2: [listing()],
        GET: [notification("other/")],
        FilterLogEvents: [{ events: [{ message: log[0], timestamp: 1 }] }],
      });
      expect(result.problems).toMatchObject([{ code: "object-not-found" }]);
    });

    it("says what it may not read, and still what it knows", async () => {
      const result = await ask({
        ListObjectsV2: [listing()],
        GET: [{ status: 403, body: "<Error><Code>AccessDenied</Code><Message>no</Message></Error>" }],
      });
      expect(result).toMatchObject({
        state: "timed-out",
        problems: [
          { code: "object-not-found" },
          { code: "not-readable", severity: "warning", facts: { action: "s3:GetBucketNotification" } },
        ],
      });
    });
  });
});
