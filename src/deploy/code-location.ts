import * as z from "zod";
import { type JobChanges, type RawJob, text } from "../aws/raw-job.ts";

/**
 * Where a job finds its code: the only members that a release changes. The libraries are default arguments, each a
 * comma-separated list (Glue developer guide, "Using job parameters in AWS Glue jobs").
 */
export type CodeLocation = Readonly<z.infer<typeof codeLocationSchema>>;

/** A code location in a release record or a plan file. An argument that the job doesn't have is null or absent. */
export const codeLocationSchema = z.strictObject({
  scriptLocation: z.string(),
  extraPyFiles: z.string().nullable(),
  additionalPythonModules: z.string().optional(),
  extraJars: z.string().optional(),
  extraFiles: z.string().optional(),
});

/** The members of a code location that hold libraries, by the argument of the job. */
export const libraryArguments = {
  "--extra-py-files": "extraPyFiles",
  "--additional-python-modules": "additionalPythonModules",
  "--extra-jars": "extraJars",
  "--extra-files": "extraFiles",
} as const;

export type LibraryArgument = keyof typeof libraryArguments;

/** The arguments that hold libraries, in a fixed order. */
export const libraryArgumentNames = Object.keys(libraryArguments) as readonly LibraryArgument[];

export interface FieldChange {
  /** Path of the member in the job definition. */
  readonly member: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** Where a live job finds its code now. */
export function codeLocationOf(job: RawJob): CodeLocation {
  const scriptLocation = text(job, "Command", "ScriptLocation") ?? "";
  return codeLocation(scriptLocation, (argument) => text(job, "DefaultArguments", argument) ?? null);
}

/** A code location from its script and the value of each library argument, null for an argument that is not set. */
export function codeLocation(
  scriptLocation: string,
  valueFor: (argument: LibraryArgument) => string | null,
): CodeLocation {
  const optional = libraryArgumentNames.flatMap((argument) => {
    const value = valueFor(argument);
    return value === null || argument === "--extra-py-files" ? [] : [[libraryArguments[argument], value]];
  });
  return { scriptLocation, extraPyFiles: valueFor("--extra-py-files"), ...Object.fromEntries(optional) };
}

/** The value of a library argument; null when it is not set. */
export function libraryValue(location: CodeLocation, argument: LibraryArgument): string | null {
  return location[libraryArguments[argument]] ?? null;
}

/** The members that differ, as a list for people. */
export function fieldChanges(from: CodeLocation, to: CodeLocation): readonly FieldChange[] {
  const members: readonly FieldChange[] = [
    { member: "Command.ScriptLocation", from: from.scriptLocation, to: to.scriptLocation },
    ...libraryArgumentNames.map((argument) => ({
      member: `DefaultArguments.${argument}`,
      from: libraryValue(from, argument),
      to: libraryValue(to, argument),
    })),
  ];
  return members.filter((change) => change.from !== change.to);
}

/** The members that differ, as a change of the raw document; members that stay aren't touched. */
export function jobChanges(from: CodeLocation, to: CodeLocation): JobChanges {
  const changed = libraryArgumentNames.filter(
    (argument) => libraryValue(from, argument) !== libraryValue(to, argument),
  );
  return {
    ...(from.scriptLocation === to.scriptLocation ? {} : { scriptLocation: to.scriptLocation }),
    ...(changed.length === 0
      ? {}
      : { arguments: Object.fromEntries(changed.map((argument) => [argument, libraryValue(to, argument)])) }),
  };
}

/** Whether two code locations are the same. */
export function sameCodeLocation(left: CodeLocation, right: CodeLocation): boolean {
  return fieldChanges(left, right).length === 0;
}

/** All S3 URIs that a code location names. */
export function urisOf(location: CodeLocation): readonly string[] {
  const libraries = libraryArgumentNames.flatMap((argument) => listEntries(libraryValue(location, argument)));
  return [location.scriptLocation, ...libraries.filter((entry) => /^s3[an]?:\/\//.test(entry))];
}

/** The entries of a comma-separated library argument. */
export function listEntries(value: string | null): readonly string[] {
  return (value ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}
