import { createHash } from "node:crypto";
import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { differingPaths } from "../../src/aws/exact-json.ts";
import { headObject } from "../../src/aws/objects.ts";
import { listReleaseIds } from "../../src/deploy/ledger.ts";
import { readText } from "../../src/deploy/script-diffs.ts";
import { workspaceWith } from "../support/workspace.ts";
import { manifestOf, useDeployWorlds } from "./support/deploy-world.ts";

const { deployWorld, failNext, control } = useDeployWorlds();

const writes = ["PutObject", "UpdateJob", "DeleteObject", "CreateJob"];

describe("deploy", () => {
  it("points the job to the script's content key and says so in the ledger", async () => {
    const world = await deployWorld();
    const result = await world.release();
    const hash = createHash("sha256").update('print("glue_jobs/script_0.py")\n').digest("hex");
    const key = `glue_jobs/script_0/script_0-${hash.slice(0, 12)}.py`;
    expect(result).toMatchObject({
      result: "deployed",
      jobsChanged: [world.jobs[0]?.job],
      jobsUnchanged: [],
    });
    expect(await world.scriptLocations()).toEqual([`s3://${world.bucket}/${key}`]);
    expect(await headObject(world.clients.s3, world.place.bucket, key)).toMatchObject({
      sha256: hash,
      metadata: { repository: "acme/datalake", run: "1001", path: "glue_jobs/script_0.py" },
    });
    expect(result.releaseUri).toBe(`s3://${world.bucket}/glue_jobs/_releases/dev/${result.releaseId}.json`);
    expect(result.releaseId).toMatch(/^\d{8}T\d{6}\.\d{3}Z-4f2d9c81b0de-1001$/);
  });

  it("changes ScriptLocation and --extra-py-files alone, of every member and of members nobody knows yet", async () => {
    const world = await deployWorld({
      files: { "libs/common/__init__.py": "A = 1\n" },
      extraPyFiles: ["libs/common"],
      definition: {
        JobMode: "SCRIPT",
        JobRunQueuingEnabled: true,
        Description: "d",
        LogUri: "s3://logs/",
        ExecutionProperty: { MaxConcurrentRuns: 3 },
        DefaultArguments: {
          "--db-password": "hush",
          "--extra-py-files": "s3://theirs/a.zip,s3://theirs/b.whl",
        },
        NonOverridableArguments: { "--fixed": "1" },
        Connections: { Connections: ["c1", "c2"] },
        MaxRetries: 2,
        Timeout: 77,
        SecurityConfiguration: "sec",
        NotificationProperty: { NotifyDelayAfter: 5 },
        ExecutionClass: "FLEX",
        SourceControlDetails: {
          Provider: "GITHUB",
          Repository: "r",
          Owner: "o",
          Branch: "b",
          AuthToken: "t0ken",
        },
      },
    });
    const [job] = world.jobs;
    await control("plant-members", {
      jobName: job?.job,
      members: { Future: { deep: [1, null, { x: "ü" }] } },
    });
    const before = await world.live();
    const result = await world.release();
    const after = await world.live();
    expect(result.result).toBe("deployed");
    expect(differingPaths(before, after).toSorted()).toEqual([
      "Command.ScriptLocation",
      "DefaultArguments.--extra-py-files",
      "LastModifiedOn",
    ]);
    expect(JSON.stringify(after)).toContain("s3://theirs/a.zip,s3://theirs/b.whl,s3://");
    expect(after["Future"]).toEqual({ deep: [1, null, { x: "ü" }] });
    expect(JSON.stringify([result, world.events])).not.toMatch(/hush|t0ken/);
  });

  it("writes nothing at all when nothing changed", async () => {
    const world = await deployWorld({ jobs: 3 });
    await world.release();
    world.operations();
    expect(await world.release()).toMatchObject({ result: "unchanged", jobsChanged: [] });
    const operations = world.operations();
    expect(operations.filter((name) => writes.includes(name))).toEqual([]);
    expect(operations.filter((name) => name.includes("Job"))).toEqual(["BatchGetJobs"]);
  });

  it("changes nothing when it only plans", async () => {
    const world = await deployWorld();
    const result = await world.release({ mode: "plan" });
    expect(result).toMatchObject({
      result: "planned",
      jobsChanged: [world.jobs[0]?.job],
      releaseId: undefined,
    });
    expect(world.operations().filter((name) => writes.includes(name))).toEqual([]);
    expect(await world.scriptLocations()).toEqual(["s3://old-scripts/job.py"]);
  });

  it("deploys a subset of the jobs", async () => {
    const world = await deployWorld({ jobs: 2 });
    const result = await world.release({ subset: ["job-1"] });
    expect(result.jobsChanged).toEqual([world.jobs[1]?.job]);
    expect((await world.scriptLocations())[0]).toBe("s3://old-scripts/job.py");
    await expect(world.release({ subset: ["jb-1"] })).rejects.toMatchObject({ code: "unknown-job" });
  });

  it("uploads again a live script that has gone from S3, without touching the job", async () => {
    const world = await deployWorld();
    await world.release();
    const [uri = ""] = await world.scriptLocations();
    const Key = String(uri).slice(`s3://${world.bucket}/`.length);
    await world.clients.s3.send(new DeleteObjectCommand({ Bucket: world.bucket, Key }));
    world.operations();
    expect(await world.release()).toMatchObject({ result: "deployed" });
    expect(world.operations()).not.toContain("UpdateJob");
    expect(await headObject(world.clients.s3, world.place.bucket, Key)).toBeDefined();
  });
});

describe("deploy refuses", () => {
  it("a job that is not there, naming it, and changes no other", async () => {
    const world = await deployWorld({ jobs: 2 });
    const jobs = world.jobs.map((job, index) => (index === 1 ? { ...job, job: "acme-nowhere" } : job));
    const result = await world.release({ jobs });
    expect(result).toMatchObject({ result: "failed", failure: { code: "job-missing" } });
    expect(result.failure?.message).toContain("acme-nowhere");
    expect(world.operations().filter((name) => writes.includes(name))).toEqual([]);
  });

  it("a bucket that is not there", async () => {
    const world = await deployWorld();
    const wrong = world.release({ manifest: manifestOf("datalake-pipeline-raw-dev") });
    await expect(wrong).rejects.toMatchObject({ code: "bucket-missing" });
    expect(world.operations().filter((name) => writes.includes(name))).toEqual([]);
  });

  it("another account than the manifest's, before anything else", async () => {
    const world = await deployWorld();
    const wrong = world.release({ manifest: manifestOf(world.bucket, "111122223333") });
    await expect(wrong).rejects.toMatchObject({ code: "wrong-account" });
    expect(world.operations()).toEqual(["GetCallerIdentity"]);
  });

  it("jobs that it may not read, naming the missing permission", async () => {
    const world = await deployWorld();
    const message =
      "User: arn:aws:iam::000000000000:user/u is not authorized to perform: glue:GetJob on resource: *";
    await failNext({ operation: "BatchGetJobs", count: 1, code: "AccessDeniedException", message });
    await failNext({ operation: "GetJob", count: 1, code: "AccessDeniedException", message });
    await expect(world.release()).rejects.toMatchObject({
      code: "aws-access-denied",
      remedy: expect.stringContaining("Allow glue:GetJob on *"),
    });
  });
});

describe("a deploy that fails on the way", () => {
  it("moves back the jobs that had moved, all or none", async () => {
    const world = await deployWorld({ jobs: 4 });
    await failNext({
      operation: "UpdateJob",
      count: 1,
      code: "AccessDeniedException",
      message: "no iam:PassRole",
    });
    const before = await Promise.all(world.jobs.map((_, index) => world.live(index)));
    const result = await world.release();
    expect(result).toMatchObject({
      result: "failed",
      jobsChanged: [],
      failure: { code: "aws-access-denied" },
    });
    expect(result.failure?.message).toContain("Moved back 3 jobs");
    const after = await Promise.all(world.jobs.map((_, index) => world.live(index)));
    expect(new Set(before.flatMap((job, index) => differingPaths(job, after[index])))).toEqual(
      new Set(["LastModifiedOn"]),
    );
    expect((await world.release()).result).toBe("deployed");
  });

  it.each(["ConcurrentModificationException", "OperationTimeoutException"])(
    "reads the job before it sends an update again after %s",
    async (code) => {
      const world = await deployWorld();
      await failNext({ operation: "UpdateJob", count: 1, code, status: 400 });
      expect((await world.release()).result).toBe("deployed");
      expect(world.operations().filter((name) => name === "UpdateJob")).toHaveLength(2);
    },
  );

  it("does not send an update again that worked although its answer was a timeout", async () => {
    const world = await deployWorld();
    await failNext({
      operation: "UpdateJob",
      count: 1,
      code: "OperationTimeoutException",
      status: 400,
      after: true,
    });
    expect((await world.release()).result).toBe("deployed");
    expect(world.operations().filter((name) => name === "UpdateJob")).toHaveLength(1);
  });

  it("rolls back when it is cancelled", async () => {
    const world = await deployWorld({ jobs: 8 });
    const cancel = new AbortController();
    const result = await world.release({
      signal: cancel.signal,
      progress: ({ code }) => code === "deploy.repointed" && cancel.abort(),
    });
    expect(result).toMatchObject({ result: "failed", failure: { code: "cancelled" } });
    expect(new Set(await world.scriptLocations())).toEqual(new Set(["s3://old-scripts/job.py"]));
  });
});

describe("a key that holds other bytes", () => {
  const overwrite = async (world: Awaited<ReturnType<typeof deployWorld>>, uri: unknown, Body: string) => {
    const Key = String(uri).slice(`s3://${world.bucket}/`.length);
    await world.clients.s3.send(new PutObjectCommand({ Bucket: world.bucket, Key, Body }));
    return Key;
  };
  const textOf = async (world: Awaited<ReturnType<typeof deployWorld>>, uri: unknown) =>
    readText(world.place, String(uri));

  it("stops no deploy: the script goes under a longer key, and the summary names the other one", async () => {
    const world = await deployWorld();
    await world.release();
    const [uri = ""] = await world.scriptLocations();
    const wanted = await textOf(world, uri);
    const Key = await overwrite(world, uri, "hot fix");
    const result = await world.release();
    expect(result).toMatchObject({ result: "deployed", jobsChanged: [world.jobs[0]?.job] });
    expect(result.warnings.join()).toContain(`runs ${String(uri)}, whose bytes are not those`);
    const [now] = await world.scriptLocations();
    expect(now).toMatch(/script_0-[0-9a-f]{24}\.py$/);
    expect(String(now)).toContain(Key.slice(0, -".py".length));
    expect([await textOf(world, now), await textOf(world, uri)]).toEqual([wanted, "hot fix"]);
    expect((await world.release()).result).toBe("unchanged");
  });

  it("is not overwritten where the script is new, nor the next longer one", async () => {
    const world = await deployWorld();
    const { plan } = await world.release({ mode: "plan" });
    await overwrite(world, plan.jobs[0]?.next?.scriptLocation, "other");
    const again = await world.release({ mode: "plan" });
    expect(again.plan.jobs[0]?.next?.scriptLocation).toMatch(/-[0-9a-f]{24}\.py$/);
    await overwrite(world, again.plan.jobs[0]?.next?.scriptLocation, "other");
    expect((await world.release()).result).toBe("deployed");
    expect((await world.scriptLocations())[0]).toMatch(/-[0-9a-f]{64}\.py$/);
  });

  it("stops no rollback from it, nor one to the same bytes under another key", async () => {
    const world = await deployWorld();
    await world.release();
    const [first] = await world.scriptLocations();
    await world.release({ workspace: await workspaceWith({ "glue_jobs/script_0.py": "x = 2\n" }) });
    const [second] = await world.scriptLocations();
    await overwrite(world, second, "hot fix");
    expect(await world.release({ mode: "rollback" })).toMatchObject({ result: "rolled-back" });
    expect(await world.scriptLocations()).toEqual([first]);
    const back = await world.release({ mode: "rollback" });
    expect(back.failure?.message).toContain("which somebody overwrote");
    await world.release({ workspace: await workspaceWith({ "glue_jobs/script_0.py": "x = 2\n" }) });
    const [repaired] = await world.scriptLocations();
    await world.release();
    await world.release({ mode: "rollback", rollbackTo: (await listReleaseIds(world.place))[3] });
    expect(await world.scriptLocations()).toEqual([repaired]);
  });
});
