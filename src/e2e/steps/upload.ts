import { readFile } from "node:fs/promises";
import { s3Uri, sha256 } from "../../aws/objects.ts";
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
    run.report("UPLOADING");
    const bucket = ownBucket(run, step.bucket);
    const facts = await putInput(run.clients.s3, bucket, { key: step.objectKey, bytes }, run.signal);
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
