import { isExactObject, own } from "./exact-json.ts";
import { member, type RawJob, text } from "./raw-job.ts";

/** What a run of a job goes by, as the job was when it was read. */
export interface JobFacts {
  /** Where the run takes its script from, `--scriptLocation` in any arguments taken into account. */
  readonly scriptLocation: string | undefined;
  /** `glueetl`, `gluestreaming`, `pythonshell` or `glueray`. */
  readonly command: string;
  readonly glueVersion: string | undefined;
  readonly maxRetries: number;
  /** All arguments after precedence. */
  readonly arguments: Readonly<Record<string, string>>;
  readonly securityConfiguration: string | undefined;
  /** Last part of the role's ARN. */
  readonly role: string | undefined;
}

/**
 * Reads a job's definition as a run with these arguments would. Precedence: NonOverridableArguments > run arguments >
 * DefaultArguments > Command (Glue developer guide, aws-glue-programming-etl-glue-arguments).
 */
export function jobFacts(job: RawJob, runArguments: Readonly<Record<string, string>> = {}): JobFacts {
  const merged = {
    ...strings(job, "DefaultArguments"),
    ...runArguments,
    ...strings(job, "NonOverridableArguments"),
  };
  return {
    scriptLocation: merged["--scriptLocation"] ?? text(job, "Command", "ScriptLocation"),
    command: text(job, "Command", "Name") ?? "glueetl",
    glueVersion: text(job, "GlueVersion"),
    maxRetries: Number(own(job, "MaxRetries") ?? 0),
    arguments: merged,
    securityConfiguration: text(job, "SecurityConfiguration"),
    role: text(job, "Role")?.split("/").at(-1),
  };
}

function strings(job: RawJob, name: string): Record<string, string> {
  const object = member(job, name);
  if (!isExactObject(object)) return {};
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : [])),
  );
}
