import { differingPaths, type ExactJson, own } from "../aws/exact-json.ts";
import { type RawJob, text, withChanges } from "../aws/raw-job.ts";
import { ToolkitError } from "../base/errors.ts";
import { type CodeLocation, jobChanges } from "./code-location.ts";

/**
 * Members that AWS itself writes on an update: LastModifiedOn, and ProfileName, which becomes the caller's usage
 * profile (developer guide, start-usage-profiles-jobs).
 */
const writtenByAws: ReadonlySet<string> = new Set(["LastModifiedOn", "ProfileName"]);

/**
 * Paths at which a job read back differs from what it was with only the code location changed. A JobMode that was absent
 * and is SCRIPT now is no difference (UpdateJob sets it so).
 */
export function unexpectedDifferences(
  before: RawJob,
  after: RawJob,
  from: CodeLocation,
  to: CodeLocation,
): readonly string[] {
  const expected = withChanges(before, jobChanges(from, to));
  return Object.keys({ ...expected, ...after })
    .filter((name) => !writtenByAws.has(name))
    .flatMap((name) => differingPaths(comparable(expected, name), comparable(after, name), name));
}

/**
 * @throws ToolkitError `job-not-as-planned` naming the members (never their values) that differ
 */
export function assertAsPlanned(
  job: string,
  before: RawJob,
  after: RawJob | undefined,
  from: CodeLocation,
  to: CodeLocation,
): void {
  const differences =
    after === undefined ? ["the whole job"] : unexpectedDifferences(before, after, from, to);
  if (differences.length === 0) return;
  throw new ToolkitError({
    code: "job-not-as-planned",
    message: `${job}, read back after its update, differs in ${differences.join(", ")}`,
    remedy:
      "Somebody else may have updated the job at the same moment: look at who calls UpdateJob (CloudTrail), then deploy again.",
    source: "aws",
  });
}

/** What the caller should know about a job that was updated as planned. */
export function updateWarning(job: string, before: RawJob, after: RawJob): string | undefined {
  const [was, is] = [text(before, "ProfileName"), text(after, "ProfileName")];
  return was === is
    ? undefined
    : `${job}: AWS replaced the usage profile ${was ?? "(none)"} by the caller's ${is ?? "(none)"}`;
}

function comparable(job: RawJob, name: string): ExactJson | undefined {
  const value = own(job, name);
  return name === "JobMode" && value === undefined ? "SCRIPT" : value;
}
