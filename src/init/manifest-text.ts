import { stringify } from "yaml";
import type { Candidate } from "./candidate.ts";

export interface NewManifest {
  readonly name: string;
  readonly environment: string;
  readonly region: string;
  readonly account: string | undefined;
  readonly bucket: string;
  readonly prefix: string;
  readonly glueVersion: string;
  readonly jobs: readonly Candidate[];
  /** Address of the JSON Schema, for editors. */
  readonly schema: string;
}

/** The text of a new `glue-pipeline.yml`. What the jobs share stands once, under `defaults`. */
export function manifestText(manifest: NewManifest): string {
  const { name, environment, region, account, bucket, prefix, glueVersion, jobs, schema } = manifest;
  const document = {
    version: 1,
    name,
    environments: { [environment]: { region, ...(account === undefined ? {} : { account }) } },
    scripts: { bucket, prefix },
    defaults: { "glue-version": glueVersion },
    jobs: Object.fromEntries(jobs.map((job) => [job.key, entryOf(job, glueVersion)])),
  };
  return `# yaml-language-server: $schema=${schema}
# \${environment} and an environment's own variables are filled in everywhere.
${stringify(document, { lineWidth: 0 })}`;
}

function entryOf(job: Candidate, shared: string): Readonly<Record<string, unknown>> {
  return {
    job: job.job,
    script: job.script,
    ...(job.glueVersion === undefined || job.glueVersion === shared
      ? {}
      : { "glue-version": job.glueVersion }),
    ...(job.pythonVersion === undefined ? {} : { "python-version": job.pythonVersion }),
    ...(job.bookmarks === true ? { bookmarks: true } : {}),
  };
}
