import { describe, expect, it } from "vitest";
import { nearestName } from "../../src/e2e/names.ts";

const buckets = ["landing", "bronze", "silver", "gold", "glue-scripts"].map(
  (name) => `datalake-pipeline-${name}-dev`,
);

describe("nearestName", () => {
  it.each([
    ["another word for the same layer", "datalake-pipeline-raw-dev", "datalake-pipeline-landing-dev"],
    ["a slip", "datalake-pipeline-slver-dev", "datalake-pipeline-silver-dev"],
    ["a capital letter", "datalake-pipeline-RAW-dev", "datalake-pipeline-landing-dev"],
    ["another word for gold", "datalake-pipeline-curated-dev", "datalake-pipeline-gold-dev"],
  ])("finds %s", (_, wrong, right) => {
    expect(nearestName(wrong, buckets)).toBe(right);
  });

  it("says nothing when no name is near", () => {
    expect(nearestName("x", buckets)).toBe("");
  });
});
