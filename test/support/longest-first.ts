import { createHash } from "node:crypto";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take most of a minute, longest first: one that began last would leave the other worker idle. */
const longest = [
  "integration/pipeline",
  "workflows/act",
  "sandbox/spark/",
  "e2e/faults",
  "integration/deploy-faults",
  "integration/fault-rounds",
  "integration/e2e-incident",
  "integration/terraform",
  "integration/validate-cache",
  "integration/deploy-glue",
  "integration/bad-input",
  "examples/medallion-ingestion",
  "deploy/policy/e2e-enforced",
  "e2e/explain",
];

/** The longest files first, the others in an order of the run's seed. */
export class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { seed } = this.ctx.config.sequence;
    const place = ({ moduleId }: TestSpecification): string =>
      createHash("sha256").update(`${seed} ${moduleId}`).digest("hex");
    const ranked = files.map((file) => ({ file, rank: rank(file), place: place(file) }));
    ranked.sort((a, b) => a.rank - b.rank || (a.place < b.place ? -1 : 1));
    return Promise.resolve(ranked.map(({ file }) => file));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const place = longest.findIndex((start) => moduleId.includes(`/test/${start}`));
  return place === -1 ? longest.length : place;
}
