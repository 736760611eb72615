import { differingPaths, type ExactJson, missingPaths, own, sameExact } from "../aws/exact-json.ts";
import { member, type RawJob, text, withChanges } from "../aws/raw-job.ts";
import { ToolkitError } from "../base/errors.ts";
import {
  type CodeLocation,
  codeLocationOf,
  fieldChanges,
  jobChanges,
  libraryArgumentNames,
} from "./code-location.ts";

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

/** Members by which Glue may write the script itself. */
const writesScript = ["JobMode", "CodeGenConfigurationNodes"];
/** Arguments that win over the code location. */
const winningArguments = [
  ["DefaultArguments", "--scriptLocation"],
  ["NonOverridableArguments", "--scriptLocation"],
  ...libraryArgumentNames.map((argument) => ["NonOverridableArguments", argument] as const),
] as const;

/** How a job that was updated differs from what it should be. */
export interface UpdatedJob {
  /** Members that are gone, or that make the job run something else: the release didn't get what it asked for. */
  readonly wrong: readonly string[];
  /** Other members that have other values now: AWS was sent the old ones, so somebody else changed them since. */
  readonly foreign: readonly string[];
}

/** Compares a job read back after its update with what it was, given the change of its code location. */
export function compareUpdated(
  before: RawJob,
  after: RawJob,
  from: CodeLocation,
  to: CodeLocation,
): UpdatedJob {
  const expected = withChanges(before, jobChanges(from, to));
  const lost = new Set(lostMembers(expected, after));
  const shadowed = winningArguments.filter(
    ([name, argument]) => !sameExact(own(member(before, name), argument), own(member(after, name), argument)),
  );
  const holders = new Set(shadowed.map(([name]) => name as string));
  const misplaced = new Set([
    ...writesScript,
    ...holders,
    ...shadowed.map((path) => path.join(".")),
    // where the whole object came or went, that is what differs
    ...fieldChanges(codeLocationOf(after), to).flatMap(({ member: path }) => [
      path,
      path.split(".")[0] ?? "",
    ]),
  ]);
  const differences = unexpectedDifferences(before, after, from, to);
  const isWrong = (path: string): boolean => lost.has(path) || misplaced.has(path);
  return {
    wrong: differences.filter(isWrong),
    foreign: differences.filter((path) => !isWrong(path)),
  };
}

/** Paths of members that a job had and has no more; those that AWS itself writes aside. */
export function lostMembers(wanted: RawJob, job: RawJob): readonly string[] {
  return missingPaths({ ...wanted, JobMode: undefined }, job).filter((path) => !writtenByAws.has(path));
}

/**
 * @returns members that somebody else changed while the job was deployed; they stay as they are
 * @throws ToolkitError `job-not-as-planned` naming the members (never their values) that are not as they should be
 */
export function assertAsPlanned(
  job: string,
  before: RawJob,
  after: RawJob | undefined,
  from: CodeLocation,
  to: CodeLocation,
): readonly string[] {
  const { wrong, foreign } =
    after === undefined ? { wrong: ["the whole job"], foreign: [] } : compareUpdated(before, after, from, to);
  if (wrong.length === 0) return foreign;
  throw new ToolkitError({
    code: "job-not-as-planned",
    message: `${job}, read back after its update, differs in ${wrong.join(", ")}`,
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
