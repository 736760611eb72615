import { readFile } from "node:fs/promises";
import { headObject, type ObjectFacts, s3Uri, sha256 } from "../../aws/objects.ts";
import { putInput } from "../../aws/put-input.ts";
import { ToolkitError } from "../../base/errors.ts";
import type { UploadStep } from "../../manifest/manifest.ts";
import { inspectPath } from "../../scripts/safe-path.ts";
import { endedBy, type Outcome, ownBucket, type StepRun } from "../context.ts";
import { momentOf, type UploadDetails } from "../result.ts";

/** Uploads a file of the repository; an object of the same name is overwritten. */
export async function uploadStep(step: UploadStep, run: StepRun): Promise<Outcome<UploadDetails>> {
  const uri = s3Uri(step.bucket, step.objectKey);
  const details: UploadDetails = { file: step.file, object: { uri, bytes: 0 }, sha256: "" };
  try {
    const bytes = await readInput(run.workspace, step.file);
    const facts = (await earlierUpload(step, run, bytes)) ?? (await upload(step, run, bytes));
    const written = facts.lastModified === undefined ? {} : { lastModified: momentOf(facts.lastModified) };
    return {
      details: {
        file: step.file,
        object: { uri, bytes: bytes.byteLength, ...written },
        sha256: sha256(bytes),
      },
      state: "passed",
      problems: [],
    };
  } catch (thrown) {
    return endedBy(thrown, details, run);
  }
}

/** Which start of which workflow run wrote an object: a second upload would set off once more whatever listens there. */
const markName = "glue-toolkit-run";

async function upload(step: UploadStep, run: StepRun, bytes: Uint8Array): Promise<ObjectFacts> {
  await run.note({ kind: "upload" });
  run.report("UPLOADING");
  const object = { key: step.objectKey, bytes, metadata: { [markName]: markOf(run) } };
  return putInput(run.clients.s3, ownBucket(run, step.bucket), object, run.signal);
}

/** What an earlier attempt has uploaded without living to note it. */
async function earlierUpload(
  step: UploadStep,
  run: StepRun,
  bytes: Uint8Array,
): Promise<ObjectFacts | undefined> {
  if (run.earlier?.kind !== "upload") return undefined;
  const facts = await headObject(run.clients.s3, ownBucket(run, step.bucket), step.objectKey, run.signal);
  const isOurs = facts?.metadata[markName] === markOf(run) && facts.size === bytes.byteLength;
  return isOurs ? facts : undefined;
}

function markOf(run: StepRun): string {
  return `${run.runId} ${momentOf(run.memory.startedAt)} ${run.tries}`;
}

async function readInput(workspace: string, file: string): Promise<Uint8Array> {
  const verdict = await inspectPath(workspace, file);
  if (verdict.kind === "file") return readFile(verdict.absolute);
  throw new ToolkitError({
    code: "input-missing",
    message: `${file} is not a file of this repository`,
    remedy: "Commit the file, or mend its path in the manifest.",
    source: "user",
    location: { path: file },
  });
}
