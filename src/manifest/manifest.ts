import type { ProtectedArea } from "../base/s3-area.ts";
import type { RuleLevels } from "./validate-schema.ts";

/** The manifest as the rest of the toolkit sees it: one environment chosen, every `${…}` filled in but `${stem}`. */
export interface Manifest {
  /** Path of the file, relative to the workspace. */
  readonly path: string;
  readonly name: string;
  readonly environment: Environment;
  readonly environmentNames: readonly string[];
  readonly scripts: ScriptsLocation;
  readonly jobs: readonly JobEntry[];
  /** Severities that differ from the rules' own. */
  readonly ruleLevels?: RuleLevels;
  readonly e2e: E2eManifest | undefined;
  /** What no cleaning may touch, as far as the manifest knows it. */
  readonly protectedAreas?: readonly ProtectedArea[];
}

export interface Environment {
  readonly name: string;
  readonly region: string;
  readonly account: string | undefined;
}

export interface ScriptsLocation {
  readonly bucket: string;
  /** Empty, or ends in `/`. */
  readonly prefix: string;
  readonly encryption?: Encryption | undefined;
}

/** Server-side encryption of what the toolkit writes: SSE-S3, or SSE-KMS with a key or the account's own for S3. */
export interface Encryption {
  readonly type: "AES256" | "aws:kms";
  readonly key?: string | undefined;
}

/** One entry under `jobs:`; a glob `script` stands for one job per file (see scripts/resolve). */
export interface JobEntry {
  readonly key: string;
  readonly job: string;
  readonly script: string;
  readonly glueVersion: string | undefined;
  /** Set for Python shell jobs. */
  readonly pythonVersion: string | undefined;
  readonly extraPyFiles: readonly string[];
  /** Requirements, and wheels of the workspace. */
  readonly additionalPythonModules?: readonly string[];
  readonly extraJars?: readonly string[];
  readonly extraFiles?: readonly string[];
  /** S3 URIs in the library arguments that a deploy takes out. */
  readonly replaces?: readonly string[];
  /** Whether the entry, or `e2e.bookmarks`, says that the job keeps bookmarks. */
  readonly bookmarks?: boolean;
  readonly line: number | undefined;
}

export interface E2eManifest {
  readonly clean: readonly CleanTarget[];
  readonly allowWholeBucket: readonly string[];
  /** Keys of jobs. */
  readonly bookmarks: readonly string[];
  /** Those of them whose bookmark need not be there. */
  readonly optionalBookmarks?: ReadonlySet<string>;
  readonly athena: AthenaSettings | undefined;
  readonly steps: readonly Step[];
}

export interface CleanTarget {
  readonly bucket: string;
  /** Empty for a whole bucket, else ends in `/`. */
  readonly prefix: string;
  readonly line: number | undefined;
}

export interface AthenaSettings {
  readonly database: string;
  readonly workgroup: string;
  readonly output: string | undefined;
}

interface StepBase {
  readonly key: string;
  readonly needs: readonly string[];
  /** Milliseconds. */
  readonly timeout: number | undefined;
  /** Whether a failed step is done again. */
  readonly retries?: StepRetries | undefined;
  readonly line: number | undefined;
}

export interface StepRetries {
  /** Times that it is done again at most. */
  readonly times: number;
  /** Codes of the failures after which it is. */
  readonly on: readonly string[];
}

export interface UploadStep extends StepBase {
  readonly kind: "upload";
  /** Workspace-relative path. */
  readonly file: string;
  readonly bucket: string;
  /** The object's full key. */
  readonly objectKey: string;
}

export interface ExpectStep extends StepBase {
  readonly kind: "expect";
  readonly bucket: string;
  /** Glob over keys. */
  readonly pattern: string;
}

export interface CrawlerStep extends StepBase {
  readonly kind: "crawler";
  readonly crawler: string;
  /** Tables that have to be there after the crawl. */
  readonly expectTables?: readonly string[] | undefined;
}

export interface RunStep extends StepBase {
  readonly kind: "run";
  /** Key of the job. */
  readonly job: string;
  readonly arguments: Readonly<Record<string, string>>;
}

export interface QueryStep extends StepBase {
  readonly kind: "query";
  readonly sql: string;
  readonly expectation: QueryExpectation;
}

export interface QueryExpectation {
  readonly value: string | number | boolean | null | undefined;
  /** A numeric value in the manifest's own digits, where a JavaScript number may hold fewer. */
  readonly digits?: string | undefined;
  readonly rows: number | undefined;
  readonly minRows: number | undefined;
  readonly columns: readonly string[] | undefined;
  readonly tolerance: number | undefined;
}

export type Step = UploadStep | ExpectStep | CrawlerStep | RunStep | QueryStep;
export type StepKind = Step["kind"];
