import { GetTagsCommand, GetTriggersCommand, type GlueClient, type Trigger } from "@aws-sdk/client-glue";
import { awsCall } from "./errors.ts";
import { sendOptions } from "./send-options.ts";

/** Pages of triggers that are looked through, of 200 each (GetTriggers' largest page). */
const pages = 10;

/**
 * The tags of a job; needs glue:GetTags.
 * @throws ToolkitError
 */
export async function jobTags(
  glue: GlueClient,
  arn: string,
  signal?: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const answer = await awsCall({ service: "glue", operation: "GetTags", resource: arn }, () =>
    glue.send(new GetTagsCommand({ ResourceArn: arn }), sendOptions(signal)),
  );
  return answer.Tags ?? {};
}

/** Schedules by the name of the job that they start. */
export type Schedules = ReadonlyMap<string, readonly string[]>;

/**
 * The schedules of the activated triggers that start a job; needs glue:GetTriggers, on `*`.
 * @throws ToolkitError
 */
export async function jobSchedules(glue: GlueClient, signal?: AbortSignal): Promise<Schedules> {
  const triggers: Trigger[] = [];
  let token: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    const command = new GetTriggersCommand({ MaxResults: 200, NextToken: token });
    const answer = await awsCall({ service: "glue", operation: "GetTriggers", resource: "*" }, () =>
      glue.send(command, sendOptions(signal)),
    );
    triggers.push(...(answer.Triggers ?? []));
    token = answer.NextToken;
    if (token === undefined || token === "") break;
  }
  return schedulesOf(triggers);
}

/** Only a trigger of type SCHEDULED that is ACTIVATED starts anything by itself (service model, Trigger). */
export function schedulesOf(triggers: readonly Trigger[]): Schedules {
  const schedules = new Map<string, string[]>();
  for (const { Type, State, Schedule = "", Name = "", Actions = [] } of triggers) {
    if (Type !== "SCHEDULED" || State !== "ACTIVATED") continue;
    for (const { JobName } of Actions) {
      if (JobName === undefined) continue;
      schedules.set(JobName, [...(schedules.get(JobName) ?? []), `${Name} ${Schedule}`.trim()]);
    }
  }
  return schedules;
}
