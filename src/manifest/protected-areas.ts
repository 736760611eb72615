import { literalPrefix } from "../base/glob.ts";
import { overlap, type ProtectedArea, type S3Area } from "../base/s3-area.ts";
import type { E2eDocument } from "./e2e-schema.ts";
import { splitUri } from "./split-uri.ts";

/** What of a manifest says where data is, for one environment. */
export interface Placed {
  readonly environment: string;
  readonly scripts: { readonly bucket: string; readonly prefix: string };
  readonly e2e?: E2eDocument | undefined;
}

/**
 * What no cleaning may touch: the place of the scripts with its releases, locks and run records, where this environment's
 * queries put their results, and all that the manifest knows of the other environments.
 */
export function protectedAreas(own: Placed, others: readonly Placed[]): readonly ProtectedArea[] {
  return [
    scriptsArea(own, "the scripts, releases, locks and run records of this manifest"),
    ...outputAreas(own, "the results of this manifest's queries"),
    ...others.flatMap((other) => areasOfOther(other)),
  ].filter(isResolved);
}

/** Where releases, locks and run records are kept below the scripts' prefix. */
export function recordAreas({ scripts: { bucket, prefix } }: Placed): readonly S3Area[] {
  return ["_releases/", "_runs/"].map((folder) => ({ bucket, prefix: prefix + folder }));
}

/** The first protected area that emptying `target` would touch. */
export function touchedArea<A extends ProtectedArea>(target: S3Area, areas: readonly A[]): A | undefined {
  return areas.find((area) => overlap(target, area) !== undefined);
}

/**
 * The areas that a manifest can be refused for as a whole: one that all environments name alike is no other
 * environment's alone, and is refused by the run that would empty it.
 */
export function plainlyProtected(own: Placed, areas: readonly ProtectedArea[]): readonly ProtectedArea[] {
  const shared = new Set(dataAreas(own).map(addressOf));
  return areas.filter((area) => area.environment === undefined || !shared.has(addressOf(area)));
}

function areasOfOther(other: Placed): ProtectedArea[] {
  const { environment } = other;
  return [
    scriptsArea(other, `the scripts of environment ${environment}`),
    ...outputAreas(other, `the results of environment ${environment}'s queries`),
    ...dataAreas(other).map((area) => ({ ...area, what: `data of environment ${environment}` })),
  ].map((area) => ({ ...area, environment }));
}

function scriptsArea({ scripts }: Placed, what: string): ProtectedArea {
  return { bucket: scripts.bucket, prefix: scripts.prefix, what };
}

function outputAreas({ e2e }: Placed, what: string): ProtectedArea[] {
  const output = e2e?.athena?.output;
  return output === undefined ? [] : [{ ...areaOf(output), what }];
}

function dataAreas({ e2e }: Placed): S3Area[] {
  if (e2e === undefined) return [];
  const steps = Object.values(e2e.steps).flatMap((step) => {
    if ("upload" in step) return [areaOf(step.to)];
    return "expect" in step ? [areaOf(literalPrefix(step.expect))] : [];
  });
  return [...e2e.clean.map(areaOf), ...steps];
}

function areaOf(uri: string): S3Area {
  const { bucket, key } = splitUri(uri);
  return { bucket, prefix: key };
}

/** A name that only another environment has leaves its `${…}` standing. */
function isResolved({ bucket, prefix }: S3Area): boolean {
  return bucket !== "" && !`${bucket}/${prefix}`.includes("${");
}

function addressOf({ bucket, prefix }: S3Area): string {
  return `${bucket}/${prefix}`;
}
