import { loadManifest } from "../../src/manifest/load.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { workspaceWith } from "../support/workspace.ts";

/** A manifest with each thing in it that there is. */
export const good = `version: 1
name: cars
environments:
  dev: { region: us-east-1, account: "000000000000", variables: { team: data } }
  prod: { region: sa-east-1 }
scripts:
  bucket: scripts-\${environment}
  prefix: glue_jobs/
defaults: { glue-version: 5.0 }
jobs:
  silver:
    job: \${team}-silver-\${environment}
    script: glue_jobs/silver.py
    extra-py-files: [libs/common]
  shell: { job: shell, script: a.py, python-version: 3.9 }
  many: { job: acme-\${stem}, script: gold/*.py }
e2e:
  clean: [s3://landing-\${environment}/, s3://bronze/car/]
  allow-whole-bucket: [ landing-dev, landing-prod ]
  bookmarks: [silver]
  athena: { database: cars }
  steps:
    ingest: { upload: data/a.json, to: "s3://landing/in/" }
    parquet: { needs: [ingest], expect: "s3://bronze/**/*.parquet", timeout: 1m30s }
    crawl: { needs: [parquet], crawler: bronze }
    silver: { needs: [crawl], run: silver, arguments: { --day: 5 } }
    check: { needs: [silver], query: "SELECT '$\${x}'", expect-value: 0 }
`;

/** Loads a text as the manifest of a workspace of its own. */
export async function load(text: string, environment?: string): Promise<Manifest> {
  const workspace = await workspaceWith({ "glue-pipeline.yml": text });
  return loadManifest({ workspace, path: "glue-pipeline.yml", environment });
}
