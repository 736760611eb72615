import type { ProgressEvent } from "../../src/base/progress.ts";
import type { E2eResult } from "../../src/e2e/result.ts";
import { type E2eOptions, runE2e } from "../../src/e2e/run.ts";
import type { E2eManifest, Manifest } from "../../src/manifest/manifest.ts";
import { callerOf, written } from "../aws/answers.ts";
import { type Script, type Sent, scriptedAws } from "../aws/scripted.ts";
import { fakeClock } from "../support/fake-clock.ts";

export interface ScriptedE2e {
  readonly result: E2eResult;
  readonly seen: readonly string[];
  readonly sent: readonly Sent[];
  readonly events: readonly ProgressEvent[];
  /** What was put, the lock and the record of the last green run among it. */
  readonly puts: readonly Readonly<Record<string, unknown>>[];
}

/** A whole run on an AWS that answers by a script; nothing is cleaned unless the options say so. */
export async function scriptedE2e(
  script: Script,
  e2e: Partial<E2eManifest>,
  options: Partial<E2eOptions> = {},
  manifest: Partial<Manifest> = {},
): Promise<ScriptedE2e> {
  const clients = await scriptedAws({
    STS: [callerOf("1")],
    HEAD: [{ status: 200, headers: { etag: '"e"', "last-modified": "Thu, 01 Jan 1970 00:00:00 GMT" } }],
    PUT: [written],
    GET: [{ status: 404 }],
    ...script,
  });
  const events: ProgressEvent[] = [];
  const whole: Manifest = {
    path: "glue-pipeline.yml",
    name: "cars",
    environment: { name: "dev", region: "us-east-1", account: undefined },
    environmentNames: ["dev"],
    scripts: { bucket: "scripts", prefix: "p/" },
    jobs: [],
    e2e: { clean: [], allowWholeBucket: [], bookmarks: [], athena: undefined, steps: [], ...e2e },
    ...manifest,
  };
  const result = await runE2e({
    manifest: whole,
    jobs: [],
    workspace: "/nowhere",
    skipClean: true,
    clients,
    clock: fakeClock(1_000),
    signal: new AbortController().signal,
    progress: (event) => events.push(event),
    runInfo: { runId: "7" },
    ...options,
  });
  const puts = clients.sent.flatMap(({ operation, body }) => (operation === "PUT" ? [JSON.parse(body)] : []));
  return { result, seen: clients.seen, sent: clients.sent, events, puts };
}

/** Name and state of each phase. */
export const phasesOf = ({ result }: ScriptedE2e): string[] =>
  result.phases.map(({ name, state }) => `${name} ${state}`);

/** Key and state of each step. */
export const statesOf = ({ result }: ScriptedE2e): string[] =>
  result.steps.map(({ key, state }) => `${key} ${state}`);

/** The codes of its errors. */
export const errorsOf = ({ result }: ScriptedE2e): string[] =>
  result.problems.filter(({ severity }) => severity === "error").map(({ code }) => code);
