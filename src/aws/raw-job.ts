import { type ExactJson, type ExactObject, isExactObject, own, stringifyExact } from "./exact-json.ts";

/** A job definition as Glue's JSON has it, members unknown to the SDK included. */
export type RawJob = ExactObject;

/** The only things a release changes; an absent member is left as it is, `null` removes an argument. */
export interface JobChanges {
  readonly scriptLocation?: string;
  /** Default arguments by name, such as `--extra-py-files`. */
  readonly arguments?: Readonly<Record<string, string | null>>;
}

/**
 * Members of Job that JobUpdate doesn't take (botocore shapes Job and JobUpdate), and AllocatedCapacity, the
 * deprecated twin of MaxCapacity that GetJob computes.
 */
const neverSent = new Set([
  "Name",
  "CreatedOn",
  "LastModifiedOn",
  "ProfileName",
  "AutoUpgradeMetadata",
  "AllocatedCapacity",
]);

/**
 * The JobUpdate that changes the named members of a job and keeps all others, known or not, as they are. Left out:
 * what JobUpdate doesn't take, the MaxCapacity that GetJob computes beside workers (sent with WorkerType it is
 * rejected), an empty CodeGenConfigurationNodes (it would remove the job's graph), and the Timeout that GetJob gives for a
 * Ray job ("Timeout not supported for Ray jobs": terraform-provider-aws issue 35013, aws-cdk pull request 32119).
 */
export function jobUpdateFrom(job: RawJob, changes: JobChanges): ExactObject {
  const kept = Object.entries(job).filter(([name, value]) => isSent(job, name, value));
  return withChanges(Object.fromEntries(kept), changes);
}

/** The same document with the changes made and nothing else. */
export function withChanges(job: ExactObject, changes: JobChanges): ExactObject {
  let changed = job;
  if (changes.scriptLocation !== undefined) {
    changed = { ...changed, Command: { ...member(job, "Command"), ScriptLocation: changes.scriptLocation } };
  }
  return { ...changed, ...argumentsWith(job, changes.arguments ?? {}) };
}

/** A string member of a job, or of one of its objects: `text(job, "Command", "ScriptLocation")`. */
export function text(job: ExactObject, ...path: readonly string[]): string | undefined {
  let value: ExactJson | undefined = job;
  for (const name of path) value = isExactObject(value) ? own(value, name) : undefined;
  return typeof value === "string" ? value : undefined;
}

/** An object member of a job; empty when it is absent or null. */
export function member(job: ExactObject, name: string): ExactObject {
  const value = own(job, name);
  return isExactObject(value) ? value : {};
}

/** LastModifiedOn as its JSON text, fit to be compared; empty when the job has none. */
export function lastModified(job: RawJob): string {
  const value = own(job, "LastModifiedOn");
  return value === undefined ? "" : stringifyExact(value);
}

function isSent(job: RawJob, name: string, value: ExactJson | undefined): boolean {
  if (neverSent.has(name)) return false;
  if (name === "MaxCapacity") return !isSet(job, "WorkerType") && !isSet(job, "NumberOfWorkers");
  if (name === "CodeGenConfigurationNodes") return !(isExactObject(value) && Object.keys(value).length === 0);
  if (name === "Timeout") return text(job, "Command", "Name") !== "glueray";
  return true;
}

function isSet(job: RawJob, name: string): boolean {
  const value = own(job, name);
  return value !== undefined && value !== null;
}

function argumentsWith(job: ExactObject, changes: Readonly<Record<string, string | null>>): ExactObject {
  const before = member(job, "DefaultArguments");
  const removed = Object.keys(changes).filter(
    (name) => changes[name] === null && Object.hasOwn(before, name),
  );
  const set = Object.entries(changes).filter(([, value]) => value !== null);
  if (removed.length + set.length === 0) return {};
  const kept = Object.entries(before).filter(([name]) => !removed.includes(name));
  return { DefaultArguments: { ...Object.fromEntries(kept), ...Object.fromEntries(set) } };
}
