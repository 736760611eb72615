import type { ProgressEvent } from "../../../src/base/progress.ts";
import type { Sent } from "../../aws/scripted.ts";
import type { SmallWorld } from "./small-world.ts";

export const isRecord = ({ path }: Sent): boolean => /\/_releases\/dev\/\d/.test(path);
export const isHead = ({ path }: Sent): boolean => path.includes("dev.head.json");
export const isLock = ({ path }: Sent): boolean => path.includes("lock.json");

/** What was written, in order: locks, records, the head, scripts and jobs. */
export function writes(world: SmallWorld): readonly string[] {
  return world.aws.clients.sent.flatMap((sent) => {
    if (sent.operation === "UpdateJob") return ["job"];
    if (sent.operation !== "PUT") return [];
    if (isHead(sent)) return ["head"];
    return [isRecord(sent) ? "record" : isLock(sent) ? "lock" : "script"];
  });
}

/** The events of a code. */
export function told(world: SmallWorld, code: string): readonly ProgressEvent[] {
  return world.events.filter((event) => event.code === code);
}

/** Calls that reached AWS, from the nth on. */
export function calls(world: SmallWorld, from = 0): readonly string[] {
  return world.aws.clients.seen.slice(from);
}

/** Those that wrote something. */
export function written(world: SmallWorld, from = 0): readonly string[] {
  return calls(world, from).filter((name) => /PUT|Update/.test(name));
}
