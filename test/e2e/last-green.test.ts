import { PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { useClients } from "../aws/support.ts";
import { pipelineOn } from "./pipeline.ts";

const aws = useClients();

describe("the last green run", () => {
  it("is compared with, step by step and in sum, and only a green run of all steps becomes it", async () => {
    const pipeline = await pipelineOn(aws);
    for (const key of ["silver", "gold-a", "gold-b"]) {
      const outcomes = Array.from({ length: 3 }, () => ({ state: "SUCCEEDED" }));
      await aws.sandbox.control("plan-runs", { jobName: pipeline.job(key), outcomes });
    }
    await aws.sandbox.control("plan-crawls", {
      crawlerName: pipeline.crawler,
      outcomes: Array.from({ length: 2 }, () => ({ status: "SUCCEEDED" })),
    });
    const first = await pipeline.run();
    expect(first.comparison).toEqual({ total: {}, steps: [] });
    const second = await pipeline.run({ runInfo: { runId: "2" }, fromStep: "silver", skipClean: true });
    expect(second.comparison?.lastGreen).toMatchObject({ runId: "1", startedAt: first.startedAt });
    expect(second.comparison?.steps.map(({ key }) => key)).toEqual(["silver", "gold-a", "gold-b", "check"]);
    const third = await pipeline.run({ runInfo: { runId: "3" } });
    expect(third.comparison?.lastGreen?.runId).toBe("1");
    expect(third.comparison?.steps[0]).toMatchObject({ key: "ingest", bytes: { before: 8, now: 8 } });
    expect(third.comparison?.total).toMatchObject({ rows: { before: 1, now: 1 } });
    const last = await pipeline.run({ runInfo: { runId: "4" }, untilStep: "ingest" });
    expect(last.comparison?.lastGreen?.runId).toBe("3");
  });

  it("that can't be read leaves the result as it is, with a word in the log", async () => {
    const pipeline = await pipelineOn(aws);
    const Key = "scripts/_runs/dev/last-green/run.json";
    await aws.clients.s3.send(new PutObjectCommand({ Bucket: pipeline.bucket, Key, Body: "{}" }));
    const result = await pipeline.run({ untilStep: "ingest" });
    expect(result).toMatchObject({ result: "passed" });
    expect(result.comparison).toBeUndefined();
    expect(pipeline.lines.join("\n")).toContain(
      `the last green run (s3://${pipeline.bucket}/${Key}) could not`,
    );
  });
});
