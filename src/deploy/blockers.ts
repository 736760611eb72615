import { member, type RawJob, text } from "../aws/raw-job.ts";
import { type CodeLocation, libraryArgumentNames, libraryValue, urisOf } from "./code-location.ts";
import type { DesiredJob } from "./desired.ts";
import type { ScriptState } from "./script-states.ts";
import type { ShadowedLibrary } from "./shadowed-libraries.ts";

/** Why a job can't be released. */
export interface Blocker {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** What a plan is judged by. */
export interface PlanRules {
  readonly allowGlueVersionChange: boolean;
  /** State of each script of ours by S3 URI. */
  readonly scripts: ReadonlyMap<string, ScriptState>;
  /** By name of the Glue job, what stands before a library of the manifest. */
  readonly shadowed?: ReadonlyMap<string, ShadowedLibrary>;
}

interface Subject {
  readonly desired: DesiredJob;
  readonly live: RawJob;
  readonly current: CodeLocation;
  readonly next: CodeLocation;
  readonly rules: PlanRules;
}

interface Check {
  readonly code: string;
  /** What is wrong; undefined when nothing is. */
  find(subject: Subject): string | undefined;
  readonly remedy: string;
}

const checks: readonly Check[] = [
  {
    code: "visual-job",
    find: ({ live }) =>
      text(live, "JobMode") === "VISUAL" || Object.keys(member(live, "CodeGenConfigurationNodes")).length > 0
        ? "is a visual job: updating it makes Glue generate its script anew"
        : undefined,
    remedy: "Convert the job to a script job in Glue Studio, or take it out of the manifest.",
  },
  {
    code: "script-location-shadowed",
    find: ({ live }) => {
      const holder = ["NonOverridableArguments", "DefaultArguments"].find((name) =>
        Object.hasOwn(member(live, name), "--scriptLocation"),
      );
      return holder && `has --scriptLocation in ${holder}, which wins over Command.ScriptLocation`;
    },
    remedy: "Remove --scriptLocation from the job's arguments where the job is defined.",
  },
  {
    code: "extra-py-files-shadowed",
    find: ({ live, current, next }) => {
      const shadowed = libraryArgumentNames.find(
        (argument) =>
          libraryValue(current, argument) !== libraryValue(next, argument) &&
          Object.hasOwn(member(live, "NonOverridableArguments"), argument),
      );
      return shadowed && `has ${shadowed} in NonOverridableArguments, which wins over DefaultArguments`;
    },
    remedy: "Move that argument to the job's DefaultArguments where the job is defined.",
  },
  {
    code: "glue-version-differs",
    find: ({ live, desired, rules }) => {
      const version = text(live, "GlueVersion");
      if (rules.allowGlueVersionChange || desired.glueVersion === undefined) return undefined;
      if (version === desired.glueVersion) return undefined;
      return `runs on Glue ${version ?? "(none)"}, but the manifest says ${desired.glueVersion}`;
    },
    remedy:
      "Mend glue-version in the manifest, update the job where it is defined, or set allow-glue-version-change: true.",
  },
  {
    code: "python-version-differs",
    find: ({ live, desired, rules }) =>
      rules.allowGlueVersionChange ? undefined : pythonMismatch(live, desired.pythonVersion),
    remedy:
      "Fix python-version in the manifest (leave it out for a Spark job), update the job where it is defined, or set allow-glue-version-change: true.",
  },
  {
    code: "library-shadowed",
    find: ({ desired, rules }) => {
      const found = rules.shadowed?.get(desired.job);
      return (
        found &&
        `has ${found.entry} in --extra-py-files, which provides "${found.name}" as ${found.library} does: the job would import whichever comes first`
      );
    },
    remedy:
      "Name that entry under replaces: in the manifest, and the deploy takes it out; or take it out where the job is defined, or rename the package.",
  },
  {
    code: "library-form",
    find: ({ desired, live }) =>
      desired.hasZip === true && text(live, "Command", "Name") === "pythonshell"
        ? "is a Python shell job, which takes wheels and eggs in --extra-py-files and no zip"
        : undefined,
    remedy: "Give the job python-version in the manifest: its folders then become wheels.",
  },
  {
    code: "rollback-target-gone",
    find: ({ desired, current, next, rules }) => {
      if (desired.script !== null) return undefined;
      const standing = new Set(urisOf(current));
      for (const uri of urisOf(next).filter((each) => !standing.has(each))) {
        const state = rules.scripts.get(uri);
        if (state === "missing") return `would go back to ${uri}, which is gone`;
        if (state === "drifted") return `would go back to ${uri}, which somebody overwrote`;
      }
      return undefined;
    },
    remedy:
      "Deploy the commit of that release instead, roll back to another release, or roll back the other jobs alone by naming them.",
  },
];

/**
 * How the manifest's python-version differs from the live job's; undefined where it doesn't. A Python shell job whose
 * PythonVersion is 3 runs Python 3.6 (Glue developer guide, "Configuring job properties for Python shell jobs").
 */
export function pythonMismatch(live: RawJob, wanted: string | undefined): string | undefined {
  if (wanted === undefined) return undefined;
  const kind = text(live, "Command", "Name") ?? "(none)";
  if (kind !== "pythonshell" && kind !== "glueray") {
    return `is a ${kind} job, but the manifest gives it python-version ${wanted}, as for a Python shell or Ray job`;
  }
  const version = text(live, "Command", "PythonVersion");
  const runs = kind === "pythonshell" && version === "3" ? "3.6" : version;
  return runs === wanted ? undefined : `runs Python ${runs ?? "(none)"}, but the manifest says ${wanted}`;
}

/** What stands in the way of a job that isn't there. */
export function missingJob(job: string): Blocker {
  return {
    code: "job-missing",
    message: `There is no Glue job ${job}`,
    remedy:
      "Check the name and the environment in the manifest. The toolkit never creates jobs: make it where your other infrastructure is made.",
  };
}

/** Everything that stands in the way of one job, each with its remedy. */
export function blockersOf(subject: Subject): readonly Blocker[] {
  return checks.flatMap(({ code, find, remedy }) => {
    const message = find(subject);
    return message === undefined ? [] : [{ code, message, remedy }];
  });
}
