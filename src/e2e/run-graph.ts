import type { GraphNode } from "./graph.ts";

export interface GraphWork<N extends GraphNode, R> {
  /** Runs one step; called once for each that may start, as soon as all it needs has passed. Never rejects. */
  readonly execute: (node: N, before: ReadonlyMap<string, R>) => Promise<R>;
  /** The result of a step that can't start because of these failed ones; of none when the run ends early. */
  readonly skip: (node: N, blockedBy: readonly string[]) => R;
  readonly passed: (result: R) => boolean;
  /** False once no more steps are to be started: the run was cancelled, or its time is up. */
  readonly mayStart: () => boolean;
}

interface Settled<R> {
  readonly result: R;
  readonly passed: boolean;
  /** The failed steps at the root of it. */
  readonly blockers: readonly string[];
}

/**
 * Runs a graph with no cycles: all that can run at the same time does, running steps finish when another one fails,
 * and what depends on a failure is skipped. Needs outside `nodes` count as done.
 * @returns every node's result, in the order of `nodes`
 */
export async function runGraph<N extends GraphNode, R>(
  nodes: readonly N[],
  work: GraphWork<N, R>,
): Promise<ReadonlyMap<string, R>> {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const finished = new Map<string, R>();
  const settled = new Map<string, Promise<Settled<R>>>();

  const settle = (node: N): Promise<Settled<R>> => {
    const running = settled.get(node.key) ?? start(node);
    settled.set(node.key, running);
    return running;
  };
  const start = async (node: N): Promise<Settled<R>> => {
    const needs = await Promise.all(
      node.needs.flatMap((need) => {
        const before = byKey.get(need);
        return before ? [settle(before)] : [];
      }),
    );
    const outcome = await advance(node, needs);
    finished.set(node.key, outcome.result);
    return outcome;
  };
  const advance = async (node: N, needs: readonly Settled<R>[]): Promise<Settled<R>> => {
    if (needs.some(({ passed }) => !passed) || !work.mayStart()) {
      const blockers = [...new Set(needs.flatMap((need) => need.blockers))];
      return { result: work.skip(node, blockers), passed: false, blockers };
    }
    const result = await work.execute(node, finished);
    const passed = work.passed(result);
    return { result, passed, blockers: passed ? [] : [node.key] };
  };

  const outcomes = await Promise.all(nodes.map(settle));
  return new Map(nodes.map(({ key }, index) => [key, outcomes[index]?.result as R]));
}
