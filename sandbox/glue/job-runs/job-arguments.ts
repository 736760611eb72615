import type { JobUpdate } from "@aws-sdk/client-glue";

type ArgumentMap = Readonly<Record<string, string>>;

/** A run's arguments after precedence, and the script that runs with them. */
export interface ResolvedArguments {
  readonly arguments: ArgumentMap;
  readonly scriptLocation: string;
}

/**
 * NonOverridableArguments win over the run's Arguments, those over DefaultArguments, all of them over Command:
 * a `--scriptLocation` anywhere replaces Command.ScriptLocation
 * (developer guide, aws-glue-programming-etl-glue-arguments).
 */
export function resolveArguments(job: JobUpdate, runArguments: ArgumentMap): ResolvedArguments {
  const merged = { ...job.DefaultArguments, ...runArguments, ...job.NonOverridableArguments };
  return {
    arguments: merged,
    scriptLocation: merged["--scriptLocation"] ?? job.Command?.ScriptLocation ?? "",
  };
}

/** `--job-bookmark-option`, by its last word; anything else is off. */
export function bookmarkOption(merged: ArgumentMap): "enable" | "disable" | "pause" {
  const value = merged["--job-bookmark-option"];
  if (value === "job-bookmark-enable") return "enable";
  return value === "job-bookmark-pause" ? "pause" : "disable";
}

/** `--conf`: "spark.a=b --conf spark.c=d" is how several are given in one argument. */
export function sparkConf(merged: ArgumentMap): Record<string, string> {
  const entries = (merged["--conf"] ?? "")
    .split(/\s*--conf\s+/)
    .map((pair) => pair.trim())
    .filter((pair) => pair.includes("="))
    .map((pair) => [pair.slice(0, pair.indexOf("=")).trim(), pair.slice(pair.indexOf("=") + 1).trim()]);
  return Object.fromEntries(entries);
}

/** A comma-separated list argument such as `--extra-py-files`. */
export function listArgument(merged: ArgumentMap, name: string): string[] {
  return (merged[name] ?? "")
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
