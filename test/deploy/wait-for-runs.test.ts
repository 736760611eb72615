import { describe, expect, it } from "vitest";
import { waitForRuns } from "../../src/deploy/wait-for-runs.ts";
import { smallWorld } from "./support/small-world.ts";

describe("waiting for runs", () => {
  const running = { JobRuns: [{ Id: "r", JobRunState: "RUNNING" }] };

  it("ends when the last run has, and says once for each job what it waits for", async () => {
    const { place, aws, events } = await smallWorld();
    let asked = 0;
    aws.twist("GetJobRuns", ({ body }) => {
      if (!body.includes('"busy"')) return undefined;
      asked += 1;
      return asked < 3 ? running : undefined;
    });
    await waitForRuns(place, ["busy", "idle"]);
    expect(asked).toBe(3);
    expect(events).toEqual([
      { code: "deploy.waiting", level: "info", message: "Waiting for the last run of busy" },
    ]);
  });

  it("is given up after an hour", async () => {
    const { place, aws, clock } = await smallWorld();
    aws.twist("GetJobRuns", () => running);
    const started = clock.now();
    await expect(waitForRuns(place, ["busy"])).rejects.toMatchObject({
      code: "wait-timed-out",
      message: expect.stringContaining("the last run of busy was still in flight after"),
    });
    expect(clock.now() - started).toBe(3_600_000);
  });

  it("ends at once when it is cancelled", async () => {
    const { place, aws } = await smallWorld();
    const cancel = new AbortController();
    aws.twist("GetJobRuns", () => {
      cancel.abort(new Error("cancelled"));
      return running;
    });
    await expect(waitForRuns({ ...place, signal: cancel.signal }, ["busy"])).rejects.toThrow();
    expect(aws.clients.seen).toHaveLength(1);
  });
});
