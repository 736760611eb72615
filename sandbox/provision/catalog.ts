import {
  CreateCrawlerCommand,
  type CreateCrawlerRequest,
  CreateDatabaseCommand,
  CreateJobCommand,
  type CreateJobRequest,
  GetJobCommand,
  type GlueClient,
} from "@aws-sdk/client-glue";
import type { ProvisionPlan } from "./plan.ts";
import { tolerate } from "./tolerate.ts";

const there = ["AlreadyExistsException", "IdempotentParameterMismatchException"];

/** Creates the databases, jobs and crawlers that aren't there; the sandbox's Glue checks their inputs. */
export async function createGlueResources(glue: GlueClient, plan: ProvisionPlan): Promise<void> {
  for (const Name of plan.databases)
    await tolerate(there, () => glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name } })));
  for (const job of plan.jobs) {
    const missing = !(await tolerate(["EntityNotFoundException"], () =>
      glue.send(new GetJobCommand({ JobName: String(job["Name"]) })),
    ));
    if (missing) await glue.send(new CreateJobCommand(job as unknown as CreateJobRequest));
  }
  for (const crawler of plan.crawlers)
    await tolerate(there, () =>
      glue.send(new CreateCrawlerCommand(crawler as unknown as CreateCrawlerRequest)),
    );
}
