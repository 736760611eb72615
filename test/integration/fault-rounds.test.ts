import { describe, expect, it } from "vitest";
import { useSandboxEnvironment } from "../support/aws-environment.ts";
import { playDeployRound } from "../support/faults/deploy-round.ts";

const sandbox = useSandboxEnvironment();

/** The short form of `npm run test:faults -- --only deploy`. */
describe("deploy-glue among faults", () => {
  it.each([28, 29, 30, 34])("keeps its promises in round %i", { timeout: 120_000 }, async (round) => {
    const { problems, faults, log } = await playDeployRound(sandbox.current, { seed: 1, round });
    expect(faults.size).toBeGreaterThan(0);
    expect(problems, log).toEqual([]);
  });
});
