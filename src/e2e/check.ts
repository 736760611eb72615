import type { Step } from "../manifest/manifest.ts";
import type { Budget } from "./budget.ts";
import type { RunContext } from "./context.ts";
import type { Problem } from "./result.ts";

/** What a run was asked to do, as far as it must be checked before. */
export interface Intent {
  /** Keys of the steps that take part. */
  readonly selected: ReadonlySet<string>;
  readonly skipClean: boolean;
  readonly confirmClean: string | undefined;
  readonly expectRelease: string | undefined;
  readonly budget: Budget;
}

/** One part of the preflight; gives all that it finds, errors and warnings. */
export type Check = (context: RunContext, intent: Intent) => Promise<readonly Problem[]>;

/** The steps of one kind that take part. */
export function selectedSteps<K extends Step["kind"]>(
  context: RunContext,
  intent: Intent,
  kind: K,
): Extract<Step, { kind: K }>[] {
  const isOfKind = (step: Step): step is Extract<Step, { kind: K }> => step.kind === kind;
  return context.e2e.steps.filter(isOfKind).filter(({ key }) => intent.selected.has(key));
}

/** Where in the manifest something stands, for a problem. */
export function at(
  context: Pick<RunContext, "manifest">,
  line: number | undefined,
): Pick<Problem, "location"> {
  return line === undefined ? {} : { location: { path: context.manifest.path, line } };
}
