import { openMemory } from "../../src/e2e/run-memory.ts";
import type { RunState } from "../../src/e2e/run-state.ts";
import type { ExpectStep, Step } from "../../src/manifest/manifest.ts";
import { written } from "../aws/answers.ts";
import type { Script } from "../aws/scripted.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { scriptedRun, stepBase } from "./scripted-run.ts";

/** A step that waits for an object of its own. */
export function awaited(
  key: string,
  needs: readonly string[] = [],
  more: Partial<ExpectStep> = {},
): ExpectStep {
  return { ...stepBase, key, needs, kind: "expect", bucket: "b", pattern: `${key}/*.json`, ...more };
}

/** What S3 lists: objects of four bytes, all of the same moment. */
export function listing(...keys: readonly string[]): string {
  const objects = keys.map(
    (key) =>
      `<Contents><Key>${key}</Key><Size>4</Size><LastModified>2025-11-05T10:00:00Z</LastModified></Contents>`,
  );
  return `<ListBucketResult>${objects.join("")}</ListBucketResult>`;
}

/** What steps work with one second after the epoch, in a run of a minute, with a memory that is kept in S3. */
export async function rememberingRun(
  script: Script,
  {
    steps = [],
    state = {},
    more = {},
  }: { readonly steps?: readonly Step[]; readonly state?: Partial<RunState>; readonly more?: object } = {},
) {
  const context = await scriptedRun(
    { PUT: [written], ...script },
    {
      clock: fakeClock(1_000),
      startedAt: 0,
      deadline: 61_000,
      folder: { bucket: { name: "b" }, prefix: "p/" },
      underWay: { count: 0 },
      ...more,
    },
  );
  const kept: RunState = {
    version: 1,
    runId: "7",
    attempt: 1,
    startedAt: "1970-01-01T00:00:00.000Z",
    fingerprint: "f",
    steps: {},
    ...state,
  };
  const messages = (): string[] =>
    context.events.map(({ message, group }) => `${group === undefined ? "" : `${group} `}${message}`);
  const e2e = { ...context.e2e, steps };
  return { ...context, e2e, memory: openMemory(context, kept), kept, messages };
}
