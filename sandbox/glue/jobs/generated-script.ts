import type { JobUpdate } from "@aws-sdk/client-glue";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { CallContext } from "../operation.ts";
import { parseS3Url } from "../process/s3-url.ts";

/**
 * What sending a visual job's graph does: the script at ScriptLocation is overwritten by generated code
 * (developer guide, visual-job-api-chapter). The sandbox has no code generator; its script says so and fails.
 */
export async function regenerateScript(context: CallContext, job: JobUpdate): Promise<void> {
  const nodes = Object.keys(job.CodeGenConfigurationNodes ?? {});
  const target = parseS3Url(job.Command?.ScriptLocation ?? "");
  if (nodes.length === 0 || !target) return;
  const body = [
    `# Generated from the job's CodeGenConfigurationNodes: ${nodes.join(", ")}`,
    'raise NotImplementedError("The sandbox generates no code for visual jobs")',
    "",
  ].join("\n");
  await context.world
    .upstream(context.caller)
    .s3.send(new PutObjectCommand({ Bucket: target.bucket, Key: target.key, Body: body }));
}
