import { describe, expect, it, onTestFinished } from "vitest";
import { useSandboxEnvironment } from "../support/aws-environment.ts";
import { overwrittenKeys } from "../support/kill-points/inspect.ts";
import { openLane } from "../support/kill-points/lane.ts";
import { playRound, rehearse } from "../support/kill-points/round.ts";

const sandbox = useSandboxEnvironment();

/** `node bench/kill-points.ts` plays as many rounds as one likes. */
const rounds = [1, 2, 3, 4, 5, 6];
const seed = 20251105;

describe("a deploy that is killed at any of its calls", () => {
  it("loses nothing, and the next run puts everything right", { timeout: 180_000 }, async () => {
    const lane = await openLane(sandbox.current, "test", 5);
    onTestFinished(() => lane.close());
    let standing: readonly string[] = lane.names.map((name) => `print("${name}")\n`);
    const calls = await rehearse(lane, standing);
    const reports: unknown[] = [];
    for (const round of rounds) {
      const played = await playRound(lane, { seed, round, calls, standing });
      standing = played.standing;
      if (played.report.problems.length > 0) reports.push(played.report);
    }
    expect(reports).toEqual([]);
    expect(await overwrittenKeys(lane)).toEqual([]);
  });
});
