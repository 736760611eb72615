import type { AwsClients } from "../../src/aws/clients.ts";
import type { ProgressEvent } from "../../src/base/progress.ts";
import type { Intent } from "../../src/e2e/check.ts";
import type { StepRun } from "../../src/e2e/context.ts";
import type { StepNote } from "../../src/e2e/run-state.ts";
import type { E2eManifest } from "../../src/manifest/manifest.ts";
import type { ResolvedJob } from "../../src/scripts/resolve.ts";
import { type Script, type Sent, scriptedAws } from "../aws/scripted.ts";
import { fakeClock } from "../support/fake-clock.ts";

const e2e: E2eManifest = {
  clean: [{ bucket: "b", prefix: "landing/", line: 3 }],
  allowWholeBucket: [],
  bookmarks: ["silver"],
  athena: { database: "d", workgroup: "w", output: undefined },
  steps: [],
};

const silver: ResolvedJob = {
  key: "silver",
  job: "silver-dev",
  script: "jobs/silver.py",
  glueVersion: "5.0",
  pythonVersion: undefined,
  extraPyFiles: [],
  line: 7,
};

export interface ScriptedRun extends StepRun {
  /** Operations that reached AWS. */
  readonly seen: readonly string[];
  readonly sent: readonly Sent[];
  readonly events: ProgressEvent[];
  readonly notes: StepNote[];
  readonly states: string[];
}

/** What a step or a check works with, on an AWS that answers by a script, with time that jumps. */
export async function scriptedRun(script: Script, more: Partial<StepRun> = {}): Promise<ScriptedRun> {
  const clients: AwsClients & Pick<ScriptedRun, "seen" | "sent"> = await scriptedAws(script);
  const [events, notes, states]: [ProgressEvent[], StepNote[], string[]] = [[], [], []];
  const run = {
    clients,
    manifest: {
      path: "glue-pipeline.yml",
      environment: { name: "dev", region: "us-east-1", account: undefined },
      scripts: { bucket: "scripts", prefix: "p/" },
    },
    e2e,
    jobs: new Map([["silver", silver]]),
    workspace: "/nowhere",
    clock: fakeClock(),
    signal: new AbortController().signal,
    runSignal: new AbortController().signal,
    progress: (event: ProgressEvent) => events.push(event),
    releases: {
      find: () => Promise.resolve(undefined),
      of: () => Promise.resolve("r1"),
      commitOf: () => Promise.resolve(undefined),
    },
    storageAhead: () => Promise.resolve(0),
    memory: { startedAt: 0, cleaned: undefined, of: () => undefined },
    pace: { firstMilliseconds: 1_000, maxMilliseconds: 5_000, factor: 2, jitter: 0 },
    underWay: { count: 1 },
    runId: "1",
    limit: 10_000,
    deadline: 10_000,
    before: [],
    earlier: undefined,
    tries: 1,
    note: (note: StepNote) => Promise.resolve(void notes.push(note)),
    noteLater: (note: StepNote) => notes.push(note),
    report: (state: string) => states.push(state),
    tell: (line: string) => states.push(line),
    ...more,
  };
  return { ...run, seen: clients.seen, sent: clients.sent, events, notes, states } as unknown as ScriptedRun;
}

/** A run of all steps, its cleaning confirmed. */
export const wholeIntent: Intent = {
  selected: new Set(["step"]),
  skipClean: false,
  confirmClean: "dev",
  expectRelease: undefined,
  budget: {} as Intent["budget"],
};

export const stepBase = { key: "step", needs: [], timeout: undefined, line: 9 } as const;
