import * as z from "zod";
import { getObject, s3Uri } from "../aws/objects.ts";
import { putDocument } from "../aws/put-document.ts";
import { within } from "../base/deadline.ts";
import { messageOf } from "../base/errors.ts";
import { plainText } from "../base/plain-text.ts";
import { aftermath } from "./aftermath.ts";
import { compareRuns } from "./compare-runs.ts";
import type { RunContext } from "./context.ts";
import { isWholeAndGreen, type MeasuredRun, measuredRun, measureRun } from "./measured-run.ts";
import type { E2eResult } from "./result.ts";

const documentSchema = z.strictObject({ version: z.literal(1), run: measuredRun });

type Place = Pick<RunContext, "clients" | "folder" | "clock" | "signal" | "progress">;

/**
 * The result with its comparison to the environment's last green run, and, when it is a green run of all steps, on
 * record as the next one's. A record that can't be read or written is a warning in the log: the run is what it is.
 */
export async function compareWithLastGreen(context: Place, result: E2eResult): Promise<E2eResult> {
  if (context.signal.aborted) return result;
  const limit = { what: "the comparison with the last green run", milliseconds: aftermath };
  return within(
    context.clock,
    limit,
    (signal) => compareWithin({ ...context, signal }, result),
    context.signal,
  );
}

async function compareWithin(context: Place, result: E2eResult): Promise<E2eResult> {
  const now = measureRun(result);
  const before = await attempt(context, "read", () => readLastGreen(context));
  if (isWholeAndGreen(result)) {
    await attempt(context, "written", () => writeLastGreen(context, now));
  }
  return before === undefined ? result : { ...result, comparison: compareRuns(before.run, now) };
}

async function readLastGreen({
  clients,
  folder,
  clock,
  signal,
}: Place): Promise<{ run: MeasuredRun | undefined }> {
  const stored = await getObject(clients.s3, folder.bucket, keyOf(folder), { clock, signal });
  if (stored === undefined) return { run: undefined };
  return { run: documentSchema.parse(JSON.parse(new TextDecoder().decode(stored.bytes))).run };
}

async function writeLastGreen({ clients, folder, signal }: Place, run: MeasuredRun): Promise<void> {
  await putDocument(clients.s3, folder.bucket, keyOf(folder), { version: 1, run }, signal);
}

/** A folder of its own: no workflow run's state can have this name. */
function keyOf({ prefix }: RunContext["folder"]): string {
  return `${prefix}last-green/run.json`;
}

async function attempt<T>(
  { folder, progress }: Place,
  verb: string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (thrown) {
    const uri = s3Uri(folder.bucket.name, keyOf(folder));
    const message = plainText(`the last green run (${uri}) could not be ${verb}: ${messageOf(thrown)}`);
    progress({ code: "e2e.last-green", level: "warning", message });
    return undefined;
  }
}
