import { extraPyFilesArgument, type JobChanges, type RawJob, text } from "../aws/raw-job.ts";

/** Where a job finds its code: the only members that a release changes. */
export interface Pointing {
  readonly scriptLocation: string;
  /** The `--extra-py-files` default argument, a comma-separated list; null when the job has none. */
  readonly extraPyFiles: string | null;
}

export interface FieldChange {
  /** Path of the member in the job definition. */
  readonly member: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** Where a live job points now. */
export function pointingOf(job: RawJob): Pointing {
  return {
    scriptLocation: text(job, "Command", "ScriptLocation") ?? "",
    extraPyFiles: text(job, "DefaultArguments", extraPyFilesArgument) ?? null,
  };
}

/** The members that differ, as a list for people. */
export function fieldChanges(from: Pointing, to: Pointing): readonly FieldChange[] {
  const members: readonly FieldChange[] = [
    { member: "Command.ScriptLocation", from: from.scriptLocation, to: to.scriptLocation },
    { member: `DefaultArguments.${extraPyFilesArgument}`, from: from.extraPyFiles, to: to.extraPyFiles },
  ];
  return members.filter((change) => change.from !== change.to);
}

/** The members that differ, as a change of the raw document; members that stay aren't touched. */
export function jobChanges(from: Pointing, to: Pointing): JobChanges {
  return {
    ...(from.scriptLocation === to.scriptLocation ? {} : { scriptLocation: to.scriptLocation }),
    ...(from.extraPyFiles === to.extraPyFiles ? {} : { extraPyFiles: to.extraPyFiles }),
  };
}

/** Whether two pointings are the same. */
export function samePointing(left: Pointing, right: Pointing): boolean {
  return left.scriptLocation === right.scriptLocation && left.extraPyFiles === right.extraPyFiles;
}

/** All S3 URIs that a pointing names. */
export function urisOf(pointing: Pointing): readonly string[] {
  return [pointing.scriptLocation, ...listExtraPyFiles(pointing.extraPyFiles)];
}

/** The entries of an `--extra-py-files` value. */
export function listExtraPyFiles(value: string | null): readonly string[] {
  return (value ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}
