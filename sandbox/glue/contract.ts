import type { Caller } from "./caller.ts";
import type { JobRunner } from "./job-runs/job-runner.ts";

/** The sandbox's Glue: operations with AWS's own input and output shapes, and control verbs of our own. */
export interface GlueApi {
  /** Operation names answered by the front, e.g. "UpdateJob"; catalog operations are not among them. */
  readonly operations: ReadonlySet<string>;
  /**
   * Answers one call with the response object.
   * @param rawBody the request's JSON text
   * @throws GlueFault as AWS words it
   */
  handle(operation: string, rawBody: string, caller: Caller): Promise<Record<string, unknown>>;
  /**
   * Control verbs (POST /_sandbox/glue/<verb>, JSON in and out), e.g. throttle, plant-members, plan-runs.
   * @throws GlueFault for a wrong input, and for an unknown verb with the list of the known ones
   */
  control(verb: string, input: unknown, caller: Caller): Promise<Record<string, unknown>>;
  /** Stops running jobs and crawls. */
  close(): Promise<void>;
}

export interface GlueApiOptions {
  /** MiniStack's base URL: S3, CloudWatch Logs and the catalog behind the front. */
  readonly upstream: string;
  /** The base URL that clients use, handed to jobs as their AWS endpoint. */
  readonly front: string;
  /** The virtual environment's interpreter. */
  readonly python: string;
  /** JAVA_HOME for Spark, where the environment brings its own. */
  readonly java?: string;
  readonly workFolder: string;
  /** Runs jobs; by default real processes. */
  readonly jobRunner?: JobRunner;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}
