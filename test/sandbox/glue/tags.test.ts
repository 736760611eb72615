import { describe, expect, it } from "vitest";
import { JOB, jobInput, type TestGlue, testGlue } from "./support.ts";

const PREFIX = "arn:aws:glue:us-east-1:000000000000";
const CRAWLER = {
  Name: "bronze",
  Role: "r",
  DatabaseName: "db",
  Targets: { S3Targets: [{ Path: "s3://bucket/p" }] },
};

async function withBoth(): Promise<TestGlue> {
  const glue = testGlue();
  await glue.call("CreateJob", jobInput({ Tags: { a: "1" } }));
  await glue.call("CreateCrawler", { ...CRAWLER, Tags: { a: "1" } });
  return glue;
}

describe("tags", () => {
  it.each([[`${PREFIX}:job/${JOB}`], [`${PREFIX}:crawler/bronze`]])(
    "of %s are added, changed and removed",
    async (ResourceArn) => {
      const glue = await withBoth();
      await glue.call("TagResource", { ResourceArn, TagsToAdd: { a: "2", b: "3" } });
      expect(await glue.call("GetTags", { ResourceArn })).toEqual({ Tags: { a: "2", b: "3" } });
      await glue.call("UntagResource", { ResourceArn, TagsToRemove: ["a", "none"] });
      expect(await glue.call("GetTags", { ResourceArn })).toEqual({ Tags: { b: "3" } });
    },
  );

  it("of a missing job answer EntityNotFoundException", async () => {
    expect((await testGlue().fault("GetTags", { ResourceArn: `${PREFIX}:job/none` })).code).toBe(
      "EntityNotFoundException",
    );
  });

  it.each(["trigger", "workflow"])("of a %s are refused", async (kind) => {
    const fault = await testGlue().fault("GetTags", { ResourceArn: `${PREFIX}:${kind}/x` });
    expect(fault.code).toBe("OperationNotSupportedException");
  });

  it("are at most 50", async () => {
    const glue = await withBoth();
    const TagsToAdd = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, "v"]));
    const fault = await glue.fault("TagResource", { ResourceArn: `${PREFIX}:job/${JOB}`, TagsToAdd });
    expect(fault.code).toBe("InvalidInputException");
  });

  it("go with the resource", async () => {
    const glue = await withBoth();
    await glue.call("DeleteJob", { JobName: JOB });
    await glue.call("CreateJob", jobInput());
    expect(await glue.call("GetTags", { ResourceArn: `${PREFIX}:job/${JOB}` })).toEqual({ Tags: {} });
  });
});
