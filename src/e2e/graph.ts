import { ToolkitError } from "../base/errors.ts";
import { didYouMean } from "../base/nearest.ts";

/** What the graph needs to know of a step. */
export interface GraphNode {
  readonly key: string;
  readonly needs: readonly string[];
  readonly line?: number | undefined;
}

/**
 * What is wrong with the graph: a need that is no step, and each cycle once, as the path that closes it.
 * @param path the manifest's, for the errors' locations
 */
export function graphErrors(nodes: readonly GraphNode[], path: string): ToolkitError[] {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const unknown = nodes.flatMap((node) =>
    node.needs
      .filter((need) => !byKey.has(need))
      .map((need) =>
        graphError(
          path,
          node,
          "unknown-need",
          `step ${node.key} needs "${need}", which is no step.${didYouMean(need, byKey.keys())}`,
          `Known steps: ${[...byKey.keys()].join(", ")}.`,
        ),
      ),
  );
  const cycles = findCycles(nodes, byKey).map(({ node, keys }) =>
    graphError(
      path,
      node,
      "cyclic-needs",
      `steps need each other in a circle: ${keys.join(" → ")}`,
      "Take one of these needs away.",
    ),
  );
  return [...unknown, ...cycles];
}

/** A step that needs itself, and the keys on the way back to it. */
interface Cycle {
  readonly node: GraphNode;
  readonly keys: readonly string[];
}

function findCycles(nodes: readonly GraphNode[], byKey: ReadonlyMap<string, GraphNode>): Cycle[] {
  const done = new Set<string>();
  const cycles: Cycle[] = [];
  const visit = (node: GraphNode, trail: readonly string[]): void => {
    const seen = trail.indexOf(node.key);
    if (seen !== -1) {
      cycles.push({ node, keys: [...trail.slice(seen), node.key] });
      return;
    }
    if (done.has(node.key)) return;
    for (const need of node.needs) {
      const next = byKey.get(need);
      if (next) visit(next, [...trail, node.key]);
    }
    done.add(node.key);
  };
  for (const node of nodes) visit(node, []);
  return cycles;
}

/**
 * The keys that take part in a run: `onlyStep` alone, or `fromStep` and all that depends on it, up to `untilStep` and all that it depends on.
 * @throws ToolkitError `unknown-step`, or `nothing-selected` when no way leads from the one to the other
 */
export function selectSteps(
  nodes: readonly GraphNode[],
  {
    fromStep,
    untilStep,
    onlyStep,
  }: {
    readonly fromStep?: string | undefined;
    readonly untilStep?: string | undefined;
    readonly onlyStep?: string | undefined;
  },
): ReadonlySet<string> {
  const all = new Set(nodes.map(({ key }) => key));
  for (const step of [fromStep, untilStep, onlyStep]) {
    if (step !== undefined && !all.has(step)) throw unknownStep(step, all);
  }
  if (onlyStep !== undefined) {
    if (fromStep !== undefined || untilStep !== undefined) throw onlyWithOthers(onlyStep);
    return new Set([onlyStep]);
  }
  const descendants = fromStep === undefined ? all : reachable(fromStep, (key) => dependantsOf(nodes, key));
  const ancestors = untilStep === undefined ? all : ancestorsOf(nodes, untilStep).add(untilStep);
  const selected = new Set([...descendants].filter((key) => ancestors.has(key)));
  if (selected.size === 0) throw nothingSelected(fromStep, untilStep);
  return selected;
}

/** All steps that a step needs, directly or not. */
export function ancestorsOf(nodes: readonly GraphNode[], key: string): Set<string> {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const all = reachable(key, (each) => byKey.get(each)?.needs ?? []);
  all.delete(key);
  return all;
}

function dependantsOf(nodes: readonly GraphNode[], key: string): string[] {
  return nodes.filter(({ needs }) => needs.includes(key)).map((node) => node.key);
}

function reachable(start: string, next: (key: string) => readonly string[]): Set<string> {
  const reached = new Set([start]);
  for (const key of reached) for (const other of next(key)) reached.add(other);
  return reached;
}

function graphError(
  path: string,
  node: GraphNode,
  code: string,
  message: string,
  remedy: string,
): ToolkitError {
  const place = node.line === undefined ? { path } : { path, line: node.line };
  return new ToolkitError({ code, message, remedy, source: "user", location: place });
}

function unknownStep(step: string, known: ReadonlySet<string>): ToolkitError {
  return new ToolkitError({
    code: "unknown-step",
    message: `there is no step "${step}".${didYouMean(step, known)}`,
    remedy: `Known steps: ${[...known].join(", ")}.`,
    source: "user",
  });
}

function onlyWithOthers(only: string): ToolkitError {
  return new ToolkitError({
    code: "nothing-selected",
    message: `only-step ${only} can't be combined with from-step or until-step`,
    remedy: "Give only-step alone, or from-step and until-step.",
    source: "user",
  });
}

function nothingSelected(from: string | undefined, until: string | undefined): ToolkitError {
  return new ToolkitError({
    code: "nothing-selected",
    message: `no step lies between from-step ${from} and until-step ${until}`,
    remedy: "Choose an until-step that depends on the from-step.",
    source: "user",
  });
}
