import { BatchGetJobsCommand, GetJobCommand, type GlueClient, UpdateJobCommand } from "@aws-sdk/client-glue";
import { internalError } from "../base/errors.ts";
import { bytesOf, UnreadableAnswer } from "./checked-answers.ts";
import { type ExactObject, isExactObject, own, parseExact, stringifyExact } from "./exact-json.ts";
import type { RawJob } from "./raw-job.ts";
import { sendOptions } from "./send-options.ts";

/*
 * The SDK drops members that its version doesn't model, both ways. So the response's bytes are kept before it reads
 * them, and the request's body is replaced before it is signed; credentials, retries and errors stay the SDK's.
 */

interface RawAnswer {
  readonly response: unknown;
}

/** The little of a command's middleware stack that is needed here. */
interface Tapped {
  readonly middlewareStack: {
    add(
      // biome-ignore lint/suspicious/noExplicitAny: each command's stack is typed by its own input and output
      middleware: (next: any) => any,
      options: {
        step: "build" | "finalizeRequest" | "deserialize";
        name: string;
        priority: "high" | "low";
      },
    ): void;
  };
}

/** The job exactly as Glue answers. Errors are the SDK's. */
export async function getRawJob(glue: GlueClient, name: string, signal?: AbortSignal): Promise<RawJob> {
  const command = new GetJobCommand({ JobName: name });
  const answer = await sendRaw(command as Tapped, () => glue.send(command, sendOptions(signal)));
  const job = own(answer, "Job");
  if (!isExactObject(job)) throw internalError(`GetJob answered without a Job for ${name}`);
  if (own(job, "Name") !== name) throw new UnreadableAnswer("the answer is about another job");
  return job;
}

/** Up to 25 jobs exactly as Glue answers, and the names it doesn't know. Errors are the SDK's. */
export async function batchGetRawJobs(
  glue: GlueClient,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<{ readonly jobs: readonly RawJob[]; readonly notFound: readonly string[] }> {
  const command = new BatchGetJobsCommand({ JobNames: [...names] });
  const answer = await sendRaw(command as Tapped, () => glue.send(command, sendOptions(signal)));
  const jobs = own(answer, "Jobs");
  const notFound = own(answer, "JobsNotFound");
  return {
    jobs: Array.isArray(jobs) ? jobs.filter(isExactObject) : [],
    notFound: Array.isArray(notFound) ? notFound.filter((name) => typeof name === "string") : [],
  };
}

/**
 * UpdateJob with this very JobUpdate, to the digit. Errors are the SDK's.
 * @param beforeSend asked right before each attempt, the SDK's own retries included; what it throws stops the call
 */
export async function updateRawJob(
  glue: GlueClient,
  name: string,
  update: ExactObject,
  beforeSend: () => void = () => undefined,
): Promise<void> {
  const command = new UpdateJobCommand({ JobName: name, JobUpdate: {} });
  const body = stringifyExact({ JobName: name, JobUpdate: update });
  (command as Tapped).middlewareStack.add(
    (next: (call: { request: { body: unknown } }) => unknown) => (call: { request: { body: unknown } }) => {
      call.request.body = body;
      return next(call);
    },
    { step: "build", name: "rawJobUpdate", priority: "high" },
  );
  (command as Tapped).middlewareStack.add(
    (next: (call: unknown) => unknown) => (call: unknown) => {
      beforeSend();
      return next(call);
    },
    { step: "finalizeRequest", name: "askBeforeSend", priority: "low" },
  );
  await glue.send(command);
}

async function sendRaw(command: Tapped, send: () => Promise<unknown>): Promise<ExactObject> {
  let kept: Uint8Array | undefined;
  command.middlewareStack.add(
    (next: (call: unknown) => Promise<RawAnswer>) => async (call: unknown) => {
      const answer = await next(call);
      const response = answer.response as { body: unknown };
      kept = await bytesOf(response.body);
      response.body = kept;
      return answer;
    },
    { step: "deserialize", name: "keepRawAnswer", priority: "low" },
  );
  await send();
  const answer = parseExact(new TextDecoder("utf-8", { fatal: true }).decode(kept));
  if (!isExactObject(answer)) throw internalError("Glue answered with something else than a JSON object");
  return answer;
}
