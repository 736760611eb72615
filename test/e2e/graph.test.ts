import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ancestorsOf, type GraphNode, graphErrors, selectSteps } from "../../src/e2e/graph.ts";
import { runGraph } from "../../src/e2e/run-graph.ts";

/** Graphs without cycles: a node needs only nodes before it. */
const graphs = fc.integer({ min: 1, max: 12 }).chain((size) =>
  fc
    .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: size, maxLength: size })
    .map((needs): GraphNode[] =>
      needs.map((picks, index) => ({
        key: `s${index}`,
        needs: index === 0 ? [] : [...new Set(picks.map((pick) => `s${pick % index}`))],
      })),
    ),
);

interface Done {
  readonly key: string;
  readonly state: "passed" | "failed" | "skipped";
  readonly blockedBy: readonly string[];
}

/** Runs the graph with some steps failing, each finishing when the scheduler of the test says so. */
async function play(nodes: readonly GraphNode[], failing: ReadonlySet<string>, scheduler: fc.Scheduler) {
  const started: string[] = [];
  const finished: string[] = [];
  const running = runGraph<GraphNode, Done>(nodes, {
    execute: async ({ key }) => {
      started.push(key);
      await scheduler.schedule(Promise.resolve(), key);
      finished.push(key);
      return { key, state: failing.has(key) ? "failed" : "passed", blockedBy: [] };
    },
    skip: ({ key }, blockedBy) => ({ key, state: "skipped", blockedBy }),
    passed: ({ state }) => state === "passed",
    mayStart: () => true,
  });
  await scheduler.waitFor(running);
  return { started, finished, results: await running };
}

describe("runGraph", () => {
  it("runs every step once, after all it needs, in any order of finishing", async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.scheduler(), async (nodes, scheduler) => {
        const { started, results } = await play(nodes, new Set(), scheduler);
        expect(started.toSorted()).toEqual(nodes.map(({ key }) => key).toSorted());
        for (const { key, needs } of nodes) {
          for (const need of needs) expect(started.indexOf(need)).toBeLessThan(started.indexOf(key));
        }
        expect([...results.keys()]).toEqual(nodes.map(({ key }) => key));
      }),
    );
  });

  it("blocks exactly the descendants of failures, and names their roots", async () => {
    await fc.assert(
      fc.asyncProperty(
        graphs,
        fc.infiniteStream(fc.boolean()),
        fc.scheduler(),
        async (nodes, coin, scheduler) => {
          const failing = new Set(nodes.filter(() => coin.next().value).map(({ key }) => key));
          const { results } = await play(nodes, failing, scheduler);
          for (const { key } of nodes) {
            const ran = [...ancestorsOf(nodes, key)].filter(
              (other) => results.get(other)?.state === "failed",
            );
            expect(results.get(key)).toEqual(
              ran.length > 0
                ? { key, state: "skipped", blockedBy: expect.arrayContaining(ran) }
                : { key, state: failing.has(key) ? "failed" : "passed", blockedBy: [] },
            );
            expect(results.get(key)?.blockedBy).toHaveLength(ran.length);
          }
        },
      ),
    );
  });

  it("starts all steps that need nothing before any of them has finished", async () => {
    const gate = Promise.withResolvers<void>();
    let running = 0;
    const nodes = ["a", "b", "c"].map((key) => ({ key, needs: [] }));
    await runGraph(nodes, {
      execute: async () => {
        running += 1;
        if (running === nodes.length) gate.resolve();
        await gate.promise;
        return true;
      },
      skip: () => false,
      passed: Boolean,
      mayStart: () => true,
    });
    expect(running).toBe(3);
  });

  it("starts nothing more once it may not, and blames no step for it", async () => {
    let open = true;
    const nodes = [
      { key: "a", needs: [] },
      { key: "b", needs: ["a"] },
      { key: "c", needs: ["b"] },
    ];
    const results = await runGraph<GraphNode, string>(nodes, {
      execute: ({ key }) => {
        open = false;
        return Promise.resolve(`ran ${key}`);
      },
      skip: ({ key }, blockedBy) => `skipped ${key} for ${blockedBy.length}`,
      passed: (result) => result.startsWith("ran"),
      mayStart: () => open,
    });
    expect([...results.values()]).toEqual(["ran a", "skipped b for 0", "skipped c for 0"]);
  });
});

describe("graphErrors", () => {
  it("names an unknown need with the nearest step, and its line", () => {
    const nodes = [
      { key: "silver", needs: [] },
      { key: "gold", needs: ["silvr"], line: 7 },
    ];
    expect(graphErrors(nodes, "glue-pipeline.yml")).toMatchObject([
      {
        code: "unknown-need",
        source: "user",
        remedy: "Known steps: silver, gold.",
        message: 'step gold needs "silvr", which is no step. Did you mean "silver"?',
        location: { path: "glue-pipeline.yml", line: 7 },
      },
    ]);
  });

  it("shows a cycle as the path that closes it", () => {
    const nodes = [
      { key: "start", needs: [] },
      { key: "a", needs: ["start", "c"] },
      { key: "b", needs: ["a"] },
      { key: "c", needs: ["b"] },
    ];
    const [error, ...others] = graphErrors(nodes, "m.yml");
    expect(error).toMatchObject({
      code: "cyclic-needs",
      message: "steps need each other in a circle: a → c → b → a",
      remedy: "Take one of these needs away.",
    });
    expect(error?.location).toStrictEqual({ path: "m.yml" });
    expect(others).toEqual([]);
  });

  it("names the line of the step that a way to a cycle comes back to", () => {
    const nodes = [
      { key: "outside", needs: ["a"], line: 1 },
      { key: "a", needs: ["b"], line: 2 },
      { key: "b", needs: ["a"], line: 3 },
    ];
    expect(graphErrors(nodes, "m.yml")).toMatchObject([
      { message: "steps need each other in a circle: a → b → a", location: { path: "m.yml", line: 2 } },
    ]);
  });
});

describe("selectSteps", () => {
  const nodes = [
    { key: "ingest", needs: [] },
    { key: "silver", needs: ["ingest"] },
    { key: "gold-a", needs: ["silver"] },
    { key: "gold-b", needs: ["silver"] },
    { key: "check", needs: ["gold-a", "gold-b"] },
  ];

  it.each([
    ["all without limits", {}, ["ingest", "silver", "gold-a", "gold-b", "check"]],
    ["a step and what depends on it", { fromStep: "gold-a" }, ["gold-a", "check"]],
    ["a step and what it needs", { untilStep: "gold-a" }, ["ingest", "silver", "gold-a"]],
    ["what lies between two", { fromStep: "silver", untilStep: "gold-b" }, ["silver", "gold-b"]],
  ])("selects %s", (_, limits, keys) => {
    expect([...selectSteps(nodes, limits)].toSorted()).toEqual(keys.toSorted());
  });

  it("takes one step alone, and with no other limit", () => {
    const [{ key } = { key: "" }] = nodes;
    expect([...selectSteps(nodes, { onlyStep: key })]).toEqual([key]);
    expect(() => selectSteps(nodes, { onlyStep: key, untilStep: key })).toThrow("can't be combined");
    expect(() => selectSteps(nodes, { onlyStep: "none" })).toThrow('no step "none"');
  });

  const thrownBy = (limits: Parameters<typeof selectSteps>[1]): unknown => {
    try {
      return selectSteps(nodes, limits);
    } catch (thrown) {
      return thrown;
    }
  };

  it("names the nearest step for one that isn't there", () => {
    expect(thrownBy({ fromStep: "sliver" })).toMatchObject({
      code: "unknown-step",
      source: "user",
      message: 'there is no step "sliver". Did you mean "silver"?',
      remedy: "Known steps: ingest, silver, gold-a, gold-b, check.",
    });
  });

  it("refuses limits with nothing between them", () => {
    expect(thrownBy({ fromStep: "gold-a", untilStep: "gold-b" })).toMatchObject({
      code: "nothing-selected",
      source: "user",
      message: "no step lies between from-step gold-a and until-step gold-b",
      remedy: "Choose an until-step that depends on the from-step.",
    });
  });
});
