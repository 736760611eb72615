import { describe, expect, it } from "vitest";
import { useClients } from "../aws/support.ts";
import { keysOf, manifestOf, pipelineOn, statesOf } from "./pipeline.ts";

const aws = useClients();

describe("the preflight", () => {
  it.each([undefined, "prod", "Dev"])("touches nothing when confirm-clean is %s", async (confirmClean) => {
    const pipeline = await pipelineOn(aws);
    const result = await pipeline.run({ confirmClean });
    expect(result).toMatchObject({ result: "failed", progress: { done: 0 } });
    expect(result.problems.map(({ code }) => code)).toEqual(["confirm-clean"]);
    expect(result.clean.locations).toMatchObject([{ state: "not-reached" }]);
    expect(new Set(Object.values(statesOf(result)))).toEqual(new Set(["skipped"]));
    expect(await keysOf(aws, pipeline.bucket, "landing/")).toEqual(["landing/old.json"]);
  });

  it("names all wrong names at once, with their lines and the right ones, before anything is deleted", async () => {
    const pipeline = await pipelineOn(aws, (id) =>
      manifestOf(id)
        .replace(`to: s3://data-${id}`, `to: s3://dta-${id}`)
        .replace(`job: silver-${id}`, `job: slver-${id}`)
        .replace(`crawler: crawler-${id}`, `crawler: crwler-${id}`)
        .replace(`database: db-${id}`, "database: nowhere")
        .replace("upload: in.json", "upload: out.json"),
    );
    const { problems } = await pipeline.run();
    const { id } = pipeline;
    expect(problems.map(({ message }) => message).toSorted()).toEqual([
      `Glue job slver-${id} does not exist; did you mean silver-${id}?`,
      `bucket dta-${id} does not exist; did you mean data-${id}?`,
      "catalog database nowhere does not exist",
      `crawler crwler-${id} does not exist; did you mean crawler-${id}?`,
      "step ingest uploads out.json, which is not a file of this repository",
    ]);
    expect(problems.find(({ code }) => code === "bucket-missing")).toMatchObject({
      step: "ingest",
      location: { path: "glue-pipeline.yml", line: 15 },
    });
    expect(await keysOf(aws, pipeline.bucket, "landing/")).toEqual(["landing/old.json"]);
  });

  it("warns of outputs that clean misses", async () => {
    const pipeline = await pipelineOn(aws, (id) => manifestOf(id).replace("/landing/**", "/out/car_data/**"));
    const { problems } = await pipeline.run({ fromStep: "arrived", untilStep: "arrived", timeout: 300 });
    expect(problems).toContainEqual(
      expect.objectContaining({
        severity: "warning",
        code: "clean-misses-output",
        message: expect.stringContaining(`s3://${pipeline.bucket}/out/car_data/`),
      }),
    );
  });

  it("refuses another account", async () => {
    const pipeline = await pipelineOn(aws, (id) => manifestOf(id).replace("000000000000", "111111111111"));
    const result = await pipeline.run();
    expect(result.problems.map(({ code }) => code)).toContain("wrong-account");
    expect(await keysOf(aws, pipeline.bucket, "landing/")).toEqual(["landing/old.json"]);
  });

  it.each(["current", "20251105T000000.000Z-abc-1"])(
    "refuses expect-release %s without such a release",
    async (expectRelease) => {
      const pipeline = await pipelineOn(aws);
      const result = await pipeline.run({ expectRelease });
      expect(result.problems.map(({ code }) => code)).toEqual(["release-missing"]);
      expect(result.result).toBe("failed");
    },
  );

  it("throws for a step that isn't there", async () => {
    const pipeline = await pipelineOn(aws);
    await expect(pipeline.run({ fromStep: "sliver" })).rejects.toMatchObject({ code: "unknown-step" });
  });
});
