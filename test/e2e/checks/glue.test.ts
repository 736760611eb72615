import { describe, expect, it } from "vitest";
import { checkGlue } from "../../../src/e2e/checks/glue.ts";
import type { Step } from "../../../src/manifest/manifest.ts";
import { refused, type Script } from "../../aws/scripted.ts";
import { crawl, denied, found, missing, runSilver } from "./support.ts";

describe("jobs and crawlers", () => {
  const job = { BatchGetJobs: [{ Jobs: [{ Name: "silver-dev" }] }] } as const;

  it.each<[string, Step, Script, object, string[]]>([
    ["that are there are none", runSilver, job, {}, []],
    [
      "that the manifest doesn't know are unknown",
      { ...runSilver, job: "gold" },
      job,
      {},
      ["error job-unknown step 9"],
    ],
    [
      "that are missing are named by the manifest's line",
      runSilver,
      { BatchGetJobs: [{ JobsNotFound: ["silver-dev"] }], ListJobs: [{ JobNames: ["silver-prod"] }] },
      { skipClean: true },
      ["error job-missing step 7"],
    ],
    [
      "that nobody may look at are a warning",
      crawl,
      { ...job, GetCrawler: [denied] },
      {},
      ["warning check-not-allowed step 9"],
    ],
    [
      "that crawl beside what is cleaned are a warning",
      crawl,
      {
        ...job,
        GetCrawler: [
          {
            Crawler: {
              State: "READY",
              Targets: {
                S3Targets: [
                  { Path: "s3://b/other" },
                  { Path: "s3://b/landing/x" },
                  { Path: "s3://b" },
                  { Path: "s3://else/x/" },
                ],
              },
            },
          },
        ],
      },
      {},
      ["warning clean-misses-crawled step 9"],
    ],
    [
      "that crawl anything are fine where nothing is cleaned",
      crawl,
      { ...job, GetCrawler: [{ Crawler: { Targets: { S3Targets: [{ Path: "s3://b/other" }] } } }] },
      { skipClean: true },
      [],
    ],
    [
      "that don't crawl are missing",
      crawl,
      { ...job, GetCrawler: [missing], ListCrawlers: [denied] },
      {},
      ["error crawler-missing step 9"],
    ],
  ])("%s", async (_, step, script, intent, expected) => {
    expect(await found(checkGlue, step, script, intent)).toEqual(expected);
  });

  it("can't be judged by a broken answer", async () => {
    await expect(
      found(checkGlue, crawl, { ...job, GetCrawler: [refused("InvalidInputException")] }),
    ).rejects.toThrow("InvalidInput");
  });
});
