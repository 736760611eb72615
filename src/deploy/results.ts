import { internalError, messageOf, ToolkitError } from "../base/errors.ts";
import { plural } from "../base/plural.ts";
import type { Applied } from "./apply.ts";
import { releaseUri } from "./ledger.ts";
import type { Place } from "./place.ts";
import type { Plan, PlanAction } from "./plan.ts";
import type { DeployFailure, DeployOutcome, DeployResult } from "./result.ts";
import type { RollbackTarget } from "./rollback.ts";

const shownReasons = 20;

/** Nothing was touched because some job may not be released. */
export function blockedResult(plan: Plan): DeployResult {
  const reasons = plan.jobs.flatMap(({ job, blockers }) =>
    blockers.slice(0, 1).map((blocker) => ({ ...blocker, job })),
  );
  const [first, ...others] = reasons;
  if (first === undefined) throw internalError("no job is blocked");
  const more =
    others.length > 0
      ? ` (and ${plural(others.length, "more job")} ${others.length === 1 ? "is" : "are"} blocked)`
      : "";
  return {
    ...unreleased(plan, "failed"),
    failure: {
      code: first.code,
      message: `${first.job}: ${first.message}${more}. Nothing was changed.`,
      remedy: first.remedy,
    },
  };
}

export function plannedResult(plan: Plan): DeployResult {
  return { ...unreleased(plan, "planned"), jobsChanged: namesOf(plan, "change") };
}

export function unchangedResult(plan: Plan): DeployResult {
  return unreleased(plan, "unchanged");
}

/** Why a rollback that was asked for changes nothing: the release that last changed each job, and where it stands. */
export function whyUnchanged(plan: Plan, target: RollbackTarget | undefined): readonly string[] {
  if (target === undefined) return [];
  return plan.jobs.slice(0, shownReasons).map(({ job, key }) => {
    const last = target.lastChange.get(job);
    const goal = target.release === null ? "the state before the first release" : `release ${target.release}`;
    return `${job}: already is as after ${goal}${last === undefined ? "" : `; release ${last} was the last to change it`} (${key})`;
  });
}

/** A failure before any job was repointed. */
export function failedResult(plan: Plan, thrown: unknown): DeployResult {
  const failure = failureOf(thrown);
  return {
    ...unreleased(plan, "failed"),
    failure: { ...failure, message: `${failure.message}. No job was changed.` },
  };
}

/**
 * A rollback that ends with the undo of a release that was interrupted.
 * @param release its id
 * @param restored names of the jobs that were moved back
 */
export function interruptedResult(
  place: Place,
  plan: Plan,
  release: string,
  restored: readonly string[],
): DeployResult {
  const stays =
    "The rollback ends here, for the interrupted release is the newest. Roll back again to undo the release before it.";
  return {
    ...unreleased({ ...plan, jobs: [] }, restored.length > 0 ? "rolled-back" : "unchanged"),
    releaseId: release,
    releaseUri: releaseUri(place, release),
    jobsChanged: [...new Set(restored)],
    warnings: [...plan.warnings, stays],
  };
}

/** What became of an applied plan, undone or not. */
export function endedResult(place: Place, plan: Plan, applied: Applied): DeployResult {
  const base: DeployResult = {
    ...unreleased(plan, plan.mode === "rollback" ? "rolled-back" : "deployed"),
    releaseId: applied.record.id,
    releaseUri: releaseUri(place, applied.record.id),
    warnings: [...warningsOf(plan), ...applied.warnings],
  };
  if (applied.failure === undefined) return { ...base, jobsChanged: namesOf(plan, "change") };
  const failure = failureOf(applied.failure.thrown);
  return {
    ...base,
    result: "failed",
    failure: { ...failure, message: `${failure.message}. ${applied.failure.undo}` },
  };
}

function unreleased(plan: Plan, result: DeployOutcome): DeployResult {
  return {
    result,
    plan,
    releaseId: undefined,
    releaseUri: undefined,
    jobsChanged: [],
    jobsUnchanged: namesOf(plan, "unchanged"),
    warnings: warningsOf(plan),
    failure: undefined,
  };
}

function warningsOf(plan: Plan): readonly string[] {
  return [
    ...plan.warnings,
    ...plan.jobs.flatMap(({ job, warnings }) => warnings.map((warning) => `${job}: ${warning}`)),
  ];
}

function namesOf(plan: Plan, action: PlanAction): readonly string[] {
  return plan.jobs.filter((job) => job.action === action).map(({ job }) => job);
}

function failureOf(thrown: unknown): DeployFailure {
  if (thrown instanceof Error && thrown.name === "AbortError") {
    return {
      code: "cancelled",
      message: "The deploy was cancelled",
      remedy: "Run it again when you are ready.",
    };
  }
  const { code, message, remedy } =
    thrown instanceof ToolkitError ? thrown : internalError(messageOf(thrown));
  return { code, message, remedy };
}
