import { type BuiltProcess, startBuilt } from "./built-process.ts";
import type { PassingCall } from "./faults/call.ts";
import { type Faults, openFaultProxy } from "./faults/proxy.ts";
import type { Lane } from "./kill-points/lane.ts";

/** How a built deploy-glue ended, and what it asked of AWS. */
export interface PassedRun {
  readonly code: number | null;
  readonly signal: string | null;
  readonly log: string;
  readonly calls: readonly PassingCall[];
}

/**
 * Runs the built deploy-glue on a lane through a proxy with faults.
 * @param faultsOf is told of the process, for faults that signal it
 */
export async function runThrough(
  lane: Lane,
  runId: string,
  faultsOf: (started: BuiltProcess) => Faults = () => ({}),
  environment: Readonly<Record<string, string>> = {},
): Promise<PassedRun> {
  const holder: { faults: Faults } = { faults: {} };
  const proxy = await openFaultProxy(lane.sandbox.endpoint, {
    before: (call) => holder.faults.before?.(call),
    after: (call, reply) => holder.faults.after?.(call, reply),
  });
  const started = startBuilt("deploy-glue", lane.workspace, {
    ...lane.sandbox.environment,
    AWS_ENDPOINT_URL: proxy.url,
    INPUT_VALIDATE: "false",
    GITHUB_SHA: "4f2d9c81b0de7a6655443322110000aabbccddee",
    GITHUB_REPOSITORY: "acme/datalake",
    GITHUB_RUN_ID: runId,
    ...environment,
  });
  holder.faults = faultsOf(started);
  const end = await started.ended;
  await proxy.idle();
  await proxy.close();
  return { ...end, calls: proxy.calls };
}
