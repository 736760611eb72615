import * as z from "zod";
import type { Lease } from "../aws/held-lease.ts";
import { acquireLease } from "../aws/lease.ts";
import { type LeaseDocument, nameHolder } from "../aws/lease-document.ts";
import type { LeaseWords } from "../aws/lease-terms.ts";
import { s3Uri } from "../aws/objects.ts";
import { messageOf, ToolkitError } from "../base/errors.ts";
import type { RunContext } from "./context.ts";
import type { RunInfo } from "./result.ts";

/** A lock without a sign of life for so long belongs to a run that was killed, in milliseconds. */
const lifetime = 5 * 60_000;

/** The sole right to run on an environment. */
export type RunLock = Pick<Lease, "lost" | "clockAhead" | "release">;

const holderSchema = z.object({
  runId: z.string(),
  attempt: z.number().optional(),
  runUrl: z.string().optional(),
  actor: z.string().optional(),
  repository: z.string().optional(),
});

type Holder = z.infer<typeof holderSchema>;

/**
 * Keeps any other end-to-end run off the environment. A lock is left to an earlier attempt of the same workflow run
 * only as long as that could be alive: GitHub starts an attempt when the one before is over.
 * @throws ToolkitError `e2e-locked` naming the holder, and AWS errors
 */
export function lockEnvironment(context: RunContext, info: RunInfo): Promise<RunLock> {
  const { clients, clock, folder, signal } = context;
  const { runId, attempt, url, actor, repository } = info;
  const key = `${folder.prefix}lock.json`;
  return acquireLease<Holder>({
    s3: clients.s3,
    bucket: folder.bucket,
    key,
    clock,
    signal,
    holder: { runId, attempt, runUrl: url, actor, repository },
    holderSchema,
    lifetime,
    renewEvery: lifetime / 5,
    patience: 0,
    isGone: (holder) => holder.runId === runId && (holder.attempt ?? 1) < (attempt ?? 1),
    words: words(context, s3Uri(folder.bucket.name, key)),
  });
}

function words({ manifest, progress }: RunContext, uri: string): LeaseWords<Holder> {
  return {
    held: (document) =>
      new ToolkitError({
        code: "e2e-locked",
        message: `${manifest.environment.name} is in use by ${nameWithEnd(document)} (${uri})`,
        remedy:
          "Wait for that run to end and start again; the lock of a run that was killed expires by itself.",
        source: "user",
      }),
    takenAway: (document) => lockLost(nameWithEnd(document)),
    lapsed: (cause) => lockLost(messageOf(cause), cause),
    waiting: () => undefined,
    takenOver: (document) =>
      progress({
        code: "e2e.lock-taken-over",
        level: "warning",
        message: `the lock of ${nameWithEnd(document)} shows no sign of life and is taken over`,
      }),
    notRenewed: (thrown) =>
      progress({
        code: "e2e.lock-not-renewed",
        level: "debug",
        message: `the lock could not be renewed: ${messageOf(thrown)}`,
      }),
    notReleased: (thrown) =>
      progress({
        code: "e2e.lock-not-released",
        level: "warning",
        message: `the lock could not be given back and expires by itself: ${messageOf(thrown)}`,
      }),
  };
}

function nameWithEnd(document: LeaseDocument<Holder> | undefined): string {
  return document === undefined ? "another run" : `${nameHolder(document)} until ${document.expiresAt}`;
}

function lockLost(how: string, cause?: unknown): ToolkitError {
  return new ToolkitError({
    code: "e2e-lock-lost",
    message: `the environment's lock was lost during the run: ${how}`,
    remedy: "Find out what else runs on this environment; the data of this run can't be trusted.",
    source: "user",
    cause,
  });
}
