import { describe, expect, it } from "vitest";
import type { ProgressEvent } from "../../src/base/progress.ts";
import type { StepResult } from "../../src/e2e/result.ts";
import { inGroup, say, showStep } from "../../src/e2e/show.ts";
import { incident } from "../report/e2e/incident.ts";
import { green, rough } from "../report/e2e/runs.ts";
import { fakeClock } from "../support/fake-clock.ts";

describe("the log of a run", () => {
  const context = () => {
    const events: ProgressEvent[] = [];
    return {
      events,
      shown: {
        progress: (event: ProgressEvent) => void events.push(event),
        clock: fakeClock(63_000),
        startedAt: 1_000,
      },
    };
  };
  const linesOf = (step: StepResult) => {
    const { events, shown } = context();
    showStep(shown, step, []);
    return events.map(({ message, group }) => `${group ?? "-"} ${message}`);
  };

  it("says when, since the run began", () => {
    const { events, shown } = context();
    say(shown, "hello");
    expect(events).toEqual([{ code: "e2e.state", level: "info", message: "[1m 2s] hello" }]);
  });

  it("closes a group whatever happens in it", async () => {
    const { events, shown } = context();
    await expect(inGroup(shown, "clean", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    const phase = { code: "e2e.phase", level: "info", message: "clean" };
    expect(events).toEqual([
      { ...phase, group: "start" },
      { ...phase, group: "end" },
    ]);
  });

  it("folds what each kind of step did below one line", () => {
    const at = "- 2025-11-05T18:03:09.500Z RUNNING";
    const [arrived, crawl, gold, count] = green.steps.map(linesOf);
    expect(arrived).toEqual([
      "start arrived: passed in 1.0s",
      at,
      "- s3://bronze/car/part-0.parquet",
      "end arrived: passed in 1.0s",
    ]);
    expect(crawl?.[2]).toBe("- crawl of bronze-crawler: SUCCEEDED");
    expect(gold?.slice(2, 4)).toEqual([
      "- script s3://scripts/gold-3f2a9c81b0de.py (hash 3f2a9c81b0de, release 20251105-1)",
      "- jr_77: SUCCEEDED, 61 s, 1234.5 DPU-seconds",
    ]);
    expect(count?.[2]).toBe("- expected at least 1 row");
    expect(incident.steps.slice(0, 2).map((step) => linesOf(step)[1])).toEqual([
      "- s3://landing/car_raw_data_001.json, 2355 bytes",
      expect.stringMatching(/^- script s3:.*job\.py$/),
    ]);
    expect(rough.steps.map((step) => linesOf(step).slice(1, -1))).toEqual([
      [],
      [],
      ["- crawl of c: unknown"],
      [],
      [],
      [],
      [],
    ]);
  });

  it("tells nothing of a step that was not run", () => {
    const skipped = { key: "s", needs: [], state: "skipped" as const, blockedBy: [], timeline: [] };
    for (const kind of ["upload", "expect", "crawler", "run", "query"] as const)
      expect(linesOf({ ...skipped, kind })).toEqual(["start s: skipped", "end s: skipped"]);
    const { events, shown } = context();
    showStep(shown, { ...skipped, kind: "run", timeline: [{ at: "t", state: "s" }] }, []);
    expect(new Set(events.map(({ code, level }) => `${code} ${level}`))).toEqual(new Set(["e2e.step info"]));
    expect(events).toHaveLength(3);
  });

  it("tells a try of a job whose use can't be told", () => {
    const attempts = [{ id: "jr", state: "FAILED", executionSeconds: 0 }];
    const details = { jobKey: "a", job: "a", attempts };
    const step = { key: "s", needs: [], state: "failed" as const, blockedBy: [], timeline: [] };
    expect(linesOf({ ...step, kind: "run", details })[1]).toBe("- jr: FAILED, 0 s");
  });

  it("shows a problem's first line, cut", () => {
    const { events, shown } = context();
    const [problem] = rough.problems;
    if (problem === undefined) throw new Error("there is one");
    for (const message of ["first\nsecond", "x".repeat(400), "y".repeat(300)])
      showStep(shown, rough.steps[4] as StepResult, [{ ...problem, message }]);
    expect(events[0]?.message).toBe("never: skipped: first");
    expect(events[2]?.message).toBe(`never: skipped: ${"x".repeat(300)}…`);
    expect(events[4]?.message).toBe(`never: skipped: ${"y".repeat(300)}`);
  });
});
