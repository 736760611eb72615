import { ToolkitError, throwAll } from "../base/errors.ts";
import { didYouMean } from "../base/nearest.ts";

/**
 * The jobs of a subset of manifest keys, in the manifest's order; all of them for an empty subset.
 * @throws ToolkitError `unknown-job` for each name the manifest doesn't have
 */
export function selectJobs<J extends { readonly key: string }>(
  jobs: readonly J[],
  subset: readonly string[],
): readonly J[] {
  if (subset.length === 0) return jobs;
  const keys = jobs.map(({ key }) => key);
  const unknown = subset.filter((name) => !keys.includes(name));
  throwAll(
    "jobs",
    unknown.map(
      (name) =>
        new ToolkitError({
          code: "unknown-job",
          message: `The manifest has no job "${name}".${didYouMean(name, keys)}`,
          remedy: `Use the names under jobs: ${keys.join(", ")}.`,
          source: "user",
        }),
    ),
  );
  return jobs.filter(({ key }) => subset.includes(key));
}
