import type { JobUpdate } from "@aws-sdk/client-glue";
import type { Members } from "../model/parse-input.ts";

/** A job definition's settable members, with those planted by the `plant-members` verb among them. */
export type JobDefinition = JobUpdate & Members;

/** A job as the sandbox keeps it. */
export interface JobRecord {
  readonly name: string;
  definition: JobDefinition;
  readonly createdAt: number;
  modifiedAt: number;
  /** Members the service model does not know yet, planted by a control verb: what may be sent from then on. */
  future: Members;
}
