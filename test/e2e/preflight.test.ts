import { StartJobRunCommand, UpdateCrawlerCommand } from "@aws-sdk/client-glue";
import {
  CreateBucketCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { lacksDelete, lacksPut, lacksReset } from "../../src/aws/permission-probes.ts";
import { newestRuns } from "../../src/aws/runs.ts";
import { patience, useClients } from "../aws/support.ts";
import { manifestOf, pipelineOn, statesOf } from "./pipeline.ts";

const aws = useClients();

describe("the preflight", () => {
  it.each([
    ["is refused before it cleans", { skipClean: false }, "error", "failed"],
    ["goes on with a warning where there is nothing to clean", { skipClean: true }, "warning", "passed"],
  ])("of a job that somebody else is running %s", async (_, options, severity, verdict) => {
    const pipeline = await pipelineOn(aws);
    const jobName = pipeline.job("gold-a");
    await aws.sandbox.control("plan-runs", {
      jobName,
      outcomes: [{ state: "SUCCEEDED", seconds: 2 }, { state: "SUCCEEDED" }],
    });
    const { JobRunId: run } = await aws.clients.glue.send(new StartJobRunCommand({ JobName: jobName }));
    const result = await pipeline.run({ ...options, fromStep: "gold-a" });
    expect(result.result).toBe(verdict);
    const found = result.problems.find(({ code }) => code === "job-active");
    expect(found).toMatchObject({ severity, step: "gold-a", facts: { job: jobName, run } });
    const states = (await newestRuns(aws.clients.glue, jobName, patience())).map(({ state }) => state);
    expect(states).not.toContain("STOPPED");
  });

  it("warns of a crawler that reads what clean leaves standing", async () => {
    const pipeline = await pipelineOn(aws);
    const uri = `s3://${pipeline.bucket}/car_data/`;
    await aws.clients.glue.send(
      new UpdateCrawlerCommand({ Name: pipeline.crawler, Targets: { S3Targets: [{ Path: uri }] } }),
    );
    const { problems } = await pipeline.run({ untilStep: "crawl" });
    const found = problems.find(({ code }) => code === "clean-misses-crawled");
    expect(found).toMatchObject({ severity: "warning", step: "crawl", facts: { uri } });
  });

  it("names the database and the workgroup that may have been meant", async () => {
    const pipeline = await pipelineOn(aws, (id) =>
      manifestOf(id).replace(`database: db-${id}`, `database: dbs-${id}, workgroup: primry`),
    );
    const result = await pipeline.run();
    const { id } = pipeline;
    expect(new Set(Object.values(statesOf(result)))).toEqual(new Set(["skipped"]));
    expect(result.problems.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        `catalog database dbs-${id} does not exist; did you mean db-${id}?`,
        "Athena workgroup primry does not exist; did you mean primary?",
      ]),
    );
  });
});

describe("asking for permissions", () => {
  it.each(["unversioned", "Enabled", "Suspended"] as const)(
    "changes nothing in a bucket that is %s",
    async (status) => {
      const { s3 } = aws.clients;
      const { signal } = patience();
      const bucket = { name: `probed-${crypto.randomUUID()}` };
      await s3.send(new CreateBucketCommand({ Bucket: bucket.name }));
      if (status !== "unversioned") {
        const VersioningConfiguration = { Status: status };
        await s3.send(new PutBucketVersioningCommand({ Bucket: bucket.name, VersioningConfiguration }));
      }
      await s3.send(new PutObjectCommand({ Bucket: bucket.name, Key: "in/a.json", Body: "a" }));
      const before = await listed(bucket.name);
      for (const key of ["in/a.json", "in/new.json"]) {
        expect(await lacksPut(s3, bucket, key, signal)).toBeUndefined();
      }
      expect(await lacksDelete(s3, { bucket, prefix: "in/" }, signal)).toBeUndefined();
      expect(await lacksReset(aws.clients.glue, signal)).toBeUndefined();
      expect(await listed(bucket.name)).toEqual(before);
    },
  );
});

async function listed(name: string): Promise<unknown> {
  const answer = await aws.clients.s3.send(new ListObjectVersionsCommand({ Bucket: name }));
  return [answer.Versions, answer.DeleteMarkers];
}
