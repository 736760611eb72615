import { s3Uri } from "../aws/objects.ts";
import { overlap, type ProtectedArea } from "../base/s3-area.ts";
import type { CleanTarget } from "../manifest/manifest.ts";
import { knownProblem } from "./causes.ts";
import { at } from "./check.ts";
import type { Problem } from "./result.ts";
import type { RunBase } from "./run-base.ts";

/** What no cleaning may touch, without a look at AWS: the manifest's own account of it, and where runs keep their records. */
export function knownAreas({ manifest, e2e }: Pick<RunBase, "manifest" | "e2e">): readonly ProtectedArea[] {
  const output = areaOfUri(e2e.athena?.output, "the results of this run's queries");
  return [
    { ...manifest.scripts, what: "the scripts, releases, locks and run records of this manifest" },
    ...(output === undefined ? [] : [output]),
    ...(manifest.protectedAreas ?? []),
  ];
}

/** The area of an `s3://` URI: of one object, or of all below a prefix; undefined for anything else. */
export function areaOfUri(uri: string | undefined, what: string): ProtectedArea | undefined {
  const match = /^s3[an]?:\/\/([^/]+)\/?(.*)$/s.exec(uri?.trim() ?? "");
  return match === null ? undefined : { bucket: match[1] ?? "", prefix: match[2] ?? "", what };
}

/** One error for each target whose emptying would touch a protected area. */
export function refusedTargets(
  context: Pick<RunBase, "manifest">,
  targets: readonly CleanTarget[],
  areas: readonly ProtectedArea[],
): readonly Problem[] {
  return targets.flatMap((target): Problem[] => {
    const touched = areas.find((area) => overlap(target, area) !== undefined);
    if (touched === undefined) return [];
    const facts = {
      uri: s3Uri(target.bucket, target.prefix),
      area: s3Uri(touched.bucket, touched.prefix),
      what: touched.what,
    };
    return [knownProblem("clean-refused", facts, at(context, target.line))];
  });
}
