import { UpdateJobCommand } from "@aws-sdk/client-glue";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/aws/objects.ts";
import { newestRuns } from "../../src/aws/runs.ts";
import { patience, useClients } from "../aws/support.ts";
import { pipelineOn } from "./pipeline.ts";

const aws = useClients();

describe("the script's version", () => {
  const release = "20251105T180000.000Z-0123456789ab-1";
  const text = "job.commit()\n";
  const digest = sha256(new TextEncoder().encode(text));
  const hashed = `silver/silver-${digest.slice(0, 12)}.py`;

  /** A pipeline whose silver job was deployed by a release. */
  async function deployed() {
    const pipeline = await pipelineOn(aws);
    const { bucket } = pipeline;
    const location = `s3://${bucket}/scripts/${hashed}`;
    const before = { scriptLocation: `s3://${bucket}/silver.py`, extraPyFiles: null };
    const jobs = [
      { key: "silver", job: pipeline.job("silver"), before, after: { ...before, scriptLocation: location } },
    ];
    const record = {
      version: 1,
      id: release,
      kind: "deploy",
      status: "applied",
      environment: "dev",
      region: "us-east-1",
      account: "000000000000",
      createdAt: "2025-11-05T18:00:00.000Z",
      settledAt: "2025-11-05T18:00:09.000Z",
      rollbackTo: null,
      note: null,
      provenance: { commit: "0123456789ab", repository: "acme/lake", runId: "1" },
      jobs,
    };
    await aws.clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: `scripts/${hashed}`, Body: text }));
    const Key = `scripts/_releases/dev/${release}.json`;
    await aws.clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: JSON.stringify(record) }));
    const repoint = () =>
      aws.clients.glue.send(
        new UpdateJobCommand({
          JobName: pipeline.job("silver"),
          JobUpdate: {
            Role: "arn:aws:iam::000000000000:role/glue",
            Command: { Name: "glueetl", ScriptLocation: location },
            GlueVersion: "5.0",
          },
        }),
      );
    return { pipeline, location, repoint };
  }
  const onlySilver = { fromStep: "silver", untilStep: "silver", skipClean: true };

  it("is told of each job: key, hash and release", async () => {
    const { pipeline, location, repoint } = await deployed();
    await repoint();
    const result = await pipeline.run({ ...onlySilver, expectRelease: "current" });
    expect(result.steps.find(({ key }) => key === "silver")).toMatchObject({
      state: "passed",
      details: { script: { location, hash: digest.slice(0, 12), sha256: digest, release } },
    });
  });

  it("is not that of a release whose script somebody overwrote under its name", async () => {
    const { pipeline, repoint } = await deployed();
    await repoint();
    const Key = `scripts/${hashed}`;
    await aws.clients.s3.send(new PutObjectCommand({ Bucket: pipeline.bucket, Key, Body: "by hand" }));
    const result = await pipeline.run({ ...onlySilver, expectRelease: "current" });
    expect(result.problems).toMatchObject([{ code: "code-altered", step: "silver" }]);
    expect(await newestRuns(aws.clients.glue, pipeline.job("silver"), patience())).toEqual([]);
  });

  it.each([release, "current"])(
    "is refused before the run when it is not that of %s",
    async (expectRelease) => {
      const { pipeline, location } = await deployed();
      const result = await pipeline.run({ ...onlySilver, expectRelease });
      expect(result.problems).toMatchObject([
        {
          code: "release-mismatch",
          message: `job ${pipeline.job("silver")} does not run release ${release}: it points at s3://${pipeline.bucket}/silver.py, the release at ${location}`,
        },
      ]);
      expect(await newestRuns(aws.clients.glue, pipeline.job("silver"), patience())).toEqual([]);
    },
  );
});
