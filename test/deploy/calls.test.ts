import { PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it, onTestFinished } from "vitest";
import { workspaceWith } from "../support/workspace.ts";
import { useDeployWorlds } from "./support/deploy-world.ts";

const { deployWorld, control, calls } = useDeployWorlds();
const jobs = 30;
const scripts = (version: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: jobs }, (_, index) => [
      `glue_jobs/script_${index}.py`,
      `print(${version}, ${index})\n`,
    ]),
  );

describe("the calls of a deploy", () => {
  it("are one Glue read per 25 jobs, and no write, where nothing changes", async () => {
    const world = await deployWorld({ jobs });
    await world.release();
    calls();
    expect((await world.release()).result).toBe("unchanged");
    expect(calls()).toEqual({
      query: 1,
      BatchGetJobs: 2,
      // releases newer than the head tells of, and all scripts at once
      ListObjectsV2: 2,
      // the head, the newest record, and the lock before and after
      "GET object": 4,
    });
  });

  it("are a few for each job that changes", async () => {
    const world = await deployWorld({ jobs });
    await world.release();
    const workspace = await workspaceWith(scripts(2));
    calls();
    expect((await world.release({ workspace })).jobsChanged).toHaveLength(jobs);
    const made = calls();
    expect(made).toMatchObject({
      GetJobRuns: jobs,
      GetJob: jobs,
      UpdateJob: jobs,
      // before the lock, under it, and read back
      BatchGetJobs: 6,
      // the scripts that run today; whether the new ones are there already a listing tells
      "HEAD object": jobs,
    });
    // each script once; the rest are the record, the head and the lock
    expect(made["PUT object"]).toBeLessThanOrEqual(jobs + 6);
  });

  it("find one overwritten script among many", async () => {
    const world = await deployWorld({ jobs });
    await world.release();
    const [first] = world.jobs;
    const Key = String((await world.scriptLocations())[0]).replace(`s3://${world.bucket}/`, "");
    await world.clients.s3.send(new PutObjectCommand({ Bucket: world.bucket, Key, Body: "print(0)\n" }));
    const result = await world.release();
    expect(result).toMatchObject({ result: "deployed", jobsChanged: [first?.job] });
    expect(result.warnings.join()).toContain(first?.job);
  });

  it("that are throttled are sent again, at the rate that passes", async () => {
    const world = await deployWorld({ jobs });
    onTestFinished(async () => void (await control("throttle", { operation: "*", clear: true })));
    await control("throttle", { operation: "*", share: 0.3, seed: 5 });
    expect((await world.release()).result).toBe("deployed");
  });
});
