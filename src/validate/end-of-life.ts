import { groupBy } from "../base/group-by.ts";
import { makeFinding } from "./compose.ts";
import type { Finding } from "./findings.ts";
import { defaultGlueVersion, type GlueVersion, glueVersion } from "./glue-versions.ts";
import type { ScriptToCheck } from "./scripts-to-check.ts";

/** One finding for each Glue version among the script's jobs that is past its dates on `today` (YYYY-MM-DD). */
export function endOfLifeFindings({ path, jobs }: ScriptToCheck, today: string): Finding[] {
  const spark = jobs.filter(({ pythonVersion }) => pythonVersion === undefined);
  const byVersion = groupBy(spark, (job) => job.glueVersion ?? defaultGlueVersion);
  return [...byVersion].flatMap(([version, users]) => {
    const past = pastDates(glueVersion(version), today);
    const names = users.map(({ job }) => job).join(", ");
    return past === undefined
      ? []
      : [makeFinding("end-of-life-glue-version", path, `Glue ${version} ${past} (${names})`)];
  });
}

/** What a Glue version is past on `today`, in words; undefined for one that still has its support. */
export function pastDates(
  { runsEnd, supportEnds }: Pick<GlueVersion, "runsEnd" | "supportEnds">,
  today: string,
): string | undefined {
  const past = (day: string | undefined): boolean => day !== undefined && today >= day;
  if (past(runsEnd)) return `can't start runs since ${runsEnd}`;
  return past(supportEnds) ? `is past its support since ${supportEnds}` : undefined;
}
