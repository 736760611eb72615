import * as z from "zod";
import { getObject } from "../aws/objects.ts";
import { cleanSchema, stepSchema } from "./result.ts";
import type { RunBase } from "./run-base.ts";

const moment = z.iso.datetime();

/** What was noted of a step's work before it began, and of the thing that it started. */
const note = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("upload") }),
  z.object({
    kind: z.literal("run"),
    /** The job's newest run before the start; all newer ones are candidates for ours. */
    newestBefore: z.string().nullable(),
    runId: z.string().optional(),
  }),
  z.object({
    kind: z.literal("crawler"),
    /** When the last crawl before ours began. */
    lastBefore: moment.nullable(),
  }),
  z.object({ kind: z.literal("query"), id: z.string().optional() }),
]);

const remembered = z.object({
  startedAt: moment,
  /** How often the step was started. */
  tries: z.number().int().positive(),
  note: note.optional(),
  /** Set once the step is over. */
  result: stepSchema.optional(),
});

const stateSchema = z.object({
  version: z.literal(1),
  runId: z.string(),
  attempt: z.number().int().positive(),
  /** When the first attempt began whose work is still in use. */
  startedAt: moment,
  /** What was run: another manifest or other steps have another one. */
  fingerprint: z.string(),
  /** Set once the attempt is over. */
  result: z.string().optional(),
  /** Set once the environment is clean. */
  clean: cleanSchema.optional(),
  steps: z.record(z.string(), remembered),
});

/** What a workflow run leaves behind for its next attempt, on whatever machine that runs. */
export type RunState = z.infer<typeof stateSchema>;
export type RememberedStep = z.infer<typeof remembered>;
export type StepNote = z.infer<typeof note>;

/** The key of a workflow run's state. */
export function stateKey(context: Pick<RunBase, "folder">, runId: string): string {
  return `${context.folder.prefix}${runId.replaceAll(/[^\w.-]/g, "_")}.json`;
}

/**
 * The state that a workflow run left; undefined when there is none, or one that this version can't read.
 * @throws ToolkitError for AWS errors
 */
export async function readState(context: RunBase, runId: string): Promise<RunState | undefined> {
  const { clients, folder } = context;
  const stored = await getObject(clients.s3, folder.bucket, stateKey(context, runId), context);
  if (stored === undefined) return undefined;
  try {
    const state = stateSchema.parse(JSON.parse(new TextDecoder().decode(stored.bytes)));
    return state.runId === runId ? state : undefined;
  } catch {
    return undefined;
  }
}
