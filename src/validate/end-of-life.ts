import { defaultGlueVersion, type GlueVersion, shellPythons } from "../base/glue-versions.ts";
import { groupBy } from "../base/group-by.ts";
import { makeFinding } from "./compose.ts";
import type { Finding } from "./findings.ts";
import { glueVersion } from "./glue-versions.ts";
import type { ScriptJob, ScriptToCheck } from "./scripts-to-check.ts";

type Dates = Pick<GlueVersion, "runsEnd" | "supportEnds">;

/** One finding for each Glue version or Python among the script's jobs that is past its dates on `today` (YYYY-MM-DD). */
export function endOfLifeFindings({ path, jobs }: ScriptToCheck, today: string): Finding[] {
  const byRuntime = groupBy(jobs, nameOf);
  return [...byRuntime].flatMap(([name, [first, ...others]]) => {
    const past = first && pastDates(datesOf(first), today);
    if (first === undefined || past === undefined) return [];
    const names = [first, ...others].map(({ job }) => job).join(", ");
    const shell = first.pythonVersion === undefined ? {} : { remedy: "Move the job to Python 3.9." };
    return [makeFinding("end-of-life-glue-version", path, `${name} ${past} (${names})`, shell)];
  });
}

/** What a version is past on `today`, in words; undefined for one that still has its support. */
export function pastDates({ runsEnd, supportEnds }: Dates, today: string): string | undefined {
  const past = (day: string | undefined): boolean => day !== undefined && today >= day;
  if (past(runsEnd)) return `can't start runs since ${runsEnd}`;
  return past(supportEnds) ? `is past its support since ${supportEnds}` : undefined;
}

function nameOf({ glueVersion: version, pythonVersion }: ScriptJob): string {
  return pythonVersion === undefined
    ? `Glue ${version ?? defaultGlueVersion}`
    : `Python ${pythonVersion} of Python shell jobs`;
}

function datesOf({ glueVersion: version, pythonVersion }: ScriptJob): Dates {
  if (pythonVersion === undefined) return glueVersion(version ?? defaultGlueVersion);
  return shellPythons.find((known) => known.version === pythonVersion) ?? {};
}
