import type { Manifest } from "../../manifest/manifest.ts";

export type PolicyMode = "plan" | "deploy" | "rollback" | "e2e";

/** What a policy is made for. */
export interface PolicySubject {
  readonly manifest: Manifest;
  /** Twelve digits. */
  readonly account: string;
  /** ARNs of the roles that the jobs run under; UpdateJob hands them to Glue. See `rolesOfJobs`. */
  readonly roles: readonly string[];
  /** Whether `keep-releases` is used. */
  readonly prunes?: boolean;
  /** ARNs of the customer managed keys that encrypt the buckets. */
  readonly kmsKeys?: readonly string[];
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition?: string;
}

/** ARN makers of one subject. */
export interface Arns {
  glue(resource: string): string;
  athena(resource: string): string;
  logs(resource: string): string;
  bucket(name: string): string;
  /** Objects of a bucket; `*` and `?` are wildcards, see `literal`. */
  objects(bucket: string, key: string): string;
}

export function arnsOf({ manifest, account, partition = "aws" }: PolicySubject): Arns {
  const { region } = manifest.environment;
  const regional =
    (service: string) =>
    (resource: string): string =>
      `arn:${partition}:${service}:${region}:${account}:${resource}`;
  return {
    glue: regional("glue"),
    athena: regional("athena"),
    logs: regional("logs"),
    bucket: (name) => `arn:${partition}:s3:::${name}`,
    objects: (bucket, key) => `arn:${partition}:s3:::${bucket}/${key}`,
  };
}

/** ARNs of the manifest's jobs; an entry that is a glob gives one with a wildcard in place of the stem. */
export function jobArns(subject: PolicySubject, keys?: ReadonlySet<string>): readonly string[] {
  return subject.manifest.jobs
    .filter(({ key, job }) => keys === undefined || keys.has(key) || job.includes("${stem}"))
    .map(({ job }) => arnsOf(subject).glue(`job/${job.split("${stem}").map(literal).join("*")}`));
}

/** A name as a policy writes it: `*`, `?` and `$` stand for themselves (IAM user guide, "IAM policy elements: Variables"). */
export function literal(name: string): string {
  return name.replaceAll(/[*?$]/g, (character) => `\${${character}}`);
}
