import { groupBy } from "../base/group-by.ts";
import { makeFinding } from "./compose.ts";
import type { Finding } from "./findings.ts";
import { defaultGlueVersion, glueVersion } from "./glue-versions.ts";
import type { ScriptToCheck } from "./scripts-to-check.ts";

/** One finding for each Glue version among the script's jobs that is past its dates on `today` (YYYY-MM-DD). */
export function endOfLifeFindings({ path, jobs }: ScriptToCheck, today: string): Finding[] {
  const spark = jobs.filter(({ pythonVersion }) => pythonVersion === undefined);
  const byVersion = groupBy(spark, (job) => job.glueVersion ?? defaultGlueVersion);
  return [...byVersion].flatMap(([version, users]) => {
    const { runsEnd, supportEnds } = glueVersion(version);
    const names = users.map(({ job }) => job).join(", ");
    if (runsEnd !== undefined && today >= runsEnd)
      return [endOfLife(path, `Glue ${version} can't start runs since ${runsEnd} (${names})`)];
    if (supportEnds !== undefined && today >= supportEnds)
      return [endOfLife(path, `Glue ${version} is past its support since ${supportEnds} (${names})`)];
    return [];
  });
}

function endOfLife(path: string, message: string): Finding {
  return makeFinding("end-of-life-glue-version", path, message);
}
