import { bucketExists, namesOf } from "../../aws/existence.ts";
import { groupBy } from "../../base/group-by.ts";
import { mapLimited } from "../../base/limit.ts";
import { knownProblem } from "../causes.ts";
import { at, type Check, selectedSteps } from "../check.ts";
import { ownBucket } from "../context.ts";
import { nearestName } from "../names.ts";

const parallel = 8;

/** Every bucket that the run writes to, empties or looks into. */
export const checkStorage: Check = async (context, intent) => {
  const { e2e, clients, signal } = context;
  const output = /^s3:\/\/([^/]+)/.exec(e2e.athena?.output ?? "")?.[1];
  const uses = [
    ...selectedSteps(context, intent, "upload").map((step) => ({ ...step, step: step.key })),
    ...selectedSteps(context, intent, "expect").map((step) => ({ ...step, step: step.key })),
    ...(intent.skipClean ? [] : e2e.clean.map((target) => ({ ...target, step: undefined }))),
    ...(output === undefined || selectedSteps(context, intent, "query").length === 0
      ? []
      : [{ bucket: output, line: undefined, step: undefined }]),
  ];
  const buckets = [...groupBy(uses, ({ bucket }) => bucket)];
  const found = await mapLimited(buckets, parallel, async ([name, [first]]) => {
    const existence = await bucketExists(clients.s3, ownBucket(context, name), signal);
    if (existence === "there") return [];
    const place = {
      ...at(context, first?.line),
      ...(first?.step === undefined ? {} : { step: first.step }),
    };
    if (existence === "unknown") {
      const facts = { resource: `bucket ${name}` };
      return [knownProblem("check-not-allowed", facts, { severity: "warning", ...place })];
    }
    const known = await namesOf("bucket", clients, signal);
    return [knownProblem("bucket-missing", { bucket: name, nearest: nearestName(name, known) }, place)];
  });
  return found.flat();
};
