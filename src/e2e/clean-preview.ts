import { s3Uri } from "../aws/objects.ts";
import { measurePrefix } from "../aws/prefixes.ts";
import { messageOf } from "../base/errors.ts";
import { mapLimited } from "../base/limit.ts";
import { plainText } from "../base/plain-text.ts";
import { plural } from "../base/plural.ts";
import { untouched } from "./clean.ts";
import { ownBucket, type RunContext } from "./context.ts";
import type { CleanedLocation, CleanResult } from "./result.ts";

const parallel = 4;

/** What cleaning would delete, counted per location; nothing is touched. */
export async function previewClean(context: RunContext): Promise<CleanResult> {
  const locations = await mapLimited(
    context.e2e.clean,
    parallel,
    async (target): Promise<CleanedLocation> => {
      const uri = s3Uri(target.bucket, target.prefix);
      try {
        const place = { bucket: ownBucket(context, target.bucket), prefix: target.prefix };
        const found = await measurePrefix(context.clients.s3, place, context.signal);
        const markers = found.markers > 0 ? ` and ${plural(found.markers, "delete marker")}` : "";
        context.progress({
          code: "e2e.clean-preview",
          level: "info",
          message: `${uri}: cleaning would delete ${plural(found.objects, "object")}${markers}, ${plural(found.bytes, "byte")}`,
        });
        return { uri, state: "not-reached", ...found };
      } catch (thrown) {
        const error = plainText(messageOf(thrown));
        return { uri, state: "not-reached", objects: 0, markers: 0, bytes: 0, error };
      }
    },
  );
  return { ...untouched(context), locations };
}
