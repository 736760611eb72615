import { s3Uri } from "../../aws/objects.ts";
import { lacksDelete, lacksPut, lacksReset } from "../../aws/permission-probes.ts";
import { mapLimited } from "../../base/limit.ts";
import { knownProblem } from "../causes.ts";
import { at, type Check, selectedSteps } from "../check.ts";
import { ownBucket } from "../context.ts";
import type { Problem } from "../result.ts";

interface Probe {
  readonly resource: string;
  readonly place: Partial<Pick<Problem, "step" | "location">>;
  /** The action that is missing, else undefined. */
  readonly ask: () => Promise<string | undefined>;
}

const parallel = 8;

/** Writing, deleting and resetting, asked for in ways that change nothing. */
export const checkPermissions: Check = async (context, intent) => {
  const { clients, e2e, memory, signal } = context;
  const cleans = !intent.skipClean && memory.cleaned === undefined;
  const uploads = selectedSteps(context, intent, "upload").map((step): Probe => {
    const { bucket, objectKey, key, line } = step;
    return {
      resource: s3Uri(bucket, objectKey),
      place: { step: key, ...at(context, line) },
      ask: () => lacksPut(clients.s3, ownBucket(context, bucket), objectKey, signal),
    };
  });
  const cleaned = e2e.clean.map(({ bucket, prefix, line }): Probe => {
    const target = { bucket: ownBucket(context, bucket), prefix };
    return {
      resource: s3Uri(bucket, prefix),
      place: at(context, line),
      ask: () => lacksDelete(clients.s3, target, signal),
    };
  });
  const bookmarks: Probe = { resource: "*", place: {}, ask: () => lacksReset(clients.glue, signal) };
  const probes = [
    ...uploads,
    ...(cleans ? cleaned : []),
    ...(cleans && e2e.bookmarks.length > 0 ? [bookmarks] : []),
  ];
  const found = await mapLimited(probes, parallel, async ({ resource, place, ask }) => {
    const action = await ask();
    return action === undefined ? [] : [knownProblem("not-allowed", { action, resource }, place)];
  });
  return found.flat();
};
