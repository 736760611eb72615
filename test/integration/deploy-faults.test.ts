import { describe, expect, it, onTestFinished } from "vitest";
import { useSandboxEnvironment } from "../support/aws-environment.ts";
import type { PassingCall } from "../support/faults/call.ts";
import { errorReply, type Reply } from "../support/faults/reply.ts";
import { newestId, pendingSince, wrongJobs } from "../support/kill-points/inspect.ts";
import { type Lane, locationOf, openLane } from "../support/kill-points/lane.ts";
import { runThrough } from "../support/run-through.ts";

const sandbox = useSandboxEnvironment();
const limit = { timeout: 120_000 };
let lanes = 0;

interface World {
  readonly lane: Lane;
  /** What is wrong if all jobs should run this version. */
  wrong(version: 1 | 2): Promise<readonly string[]>;
}

/** Jobs that run an old script, version 1, and version 2 in the checkout. */
async function world(jobs = 3): Promise<World> {
  lanes += 1;
  const lane = await openLane(sandbox.current, `faults-${lanes}`, jobs);
  onTestFinished(() => lane.close());
  const texts = lane.names.map((_, index) => `print(2, ${index})\n`);
  const location = (version: 1 | 2, index: number): string =>
    version === 1 ? `s3://${lane.bucket}/old.py` : locationOf(lane.bucket, index, texts[index] ?? "");
  const locations = (version: 1 | 2) =>
    new Map(lane.names.map((name, index) => [name, new Set([location(version, index)])]));
  await lane.write(texts);
  return { lane, wrong: (version) => wrongJobs(lane, locations(version)) };
}

/** What a call is about, so that each kind of call can be met once. */
function kindOf({ operation, path }: PassingCall): string {
  const object = /lock\.json/.test(path) ? " lock" : /_releases/.test(path) ? " record" : " script";
  return /^s3:(Put|Get|Head)/.test(operation) ? `${operation}${object}` : operation;
}

/** Answers the nth call of a kind itself. */
function nth(kind: string, which: number, answer: (call: PassingCall) => Reply) {
  let met = 0;
  return (call: PassingCall): Reply | undefined => {
    if (kindOf(call) !== kind) return undefined;
    met += 1;
    return met === which ? answer(call) : undefined;
  };
}

const denied = ({ operation }: PassingCall): Reply =>
  operation.startsWith("glue:")
    ? errorReply(
        { operation },
        400,
        "AccessDeniedException",
        `User: u is not authorized to perform: ${operation} on resource: r`,
      )
    : errorReply({ operation }, 403, "AccessDenied", "Access Denied");

describe("a deploy that is denied a call", () => {
  it.each([
    ["s3:ListObjectsV2", 1, "Allow s3:ListBucket on"],
    ["s3:HeadObject script", 1, "Allow s3:GetObject on"],
    ["s3:PutObject lock", 1, "Allow s3:PutObject on"],
    ["s3:PutObject script", 2, "Allow s3:PutObject on"],
    ["s3:PutObject record", 1, "Allow s3:PutObject on"],
    ["glue:GetJob", 1, "Allow glue:GetJob on"],
    ["glue:UpdateJob", 1, "Allow glue:UpdateJob on"],
    ["glue:UpdateJob", 3, "Allow glue:UpdateJob on"],
    ["s3:GetObject record", 1, "Allow s3:GetObject on"],
    ["s3:PutObject record", 2, "Allow s3:PutObject on"],
  ])(
    "%s (%i) changes no job, or moves back what it changed, and names the permission",
    limit,
    async (kind, which, remedy) => {
      const { lane, wrong } = await world();
      const before = await newestId(lane);
      const { code, log } = await runThrough(lane, "2", () => ({ before: nth(kind, which, denied) }));
      expect(log).toContain(remedy);
      expect(log.match(/^::error/gm)).toHaveLength(1);
      expect(code).toBe(1);
      expect(await wrong(1)).toEqual([]);
      expect((await runThrough(lane, "3")).code).toBe(0);
      expect(await wrong(2)).toEqual([]);
      expect(await pendingSince(lane, before)).toEqual([]);
    },
  );
});

describe("a call whose effect happens although its answer is an error", () => {
  const answers: readonly [string, number, number, string][] = [
    ["s3:PutObject lock", 1, 500, "InternalError"],
    ["s3:PutObject script", 1, 503, "SlowDown"],
    ["s3:PutObject record", 1, 500, "InternalError"],
    ["s3:PutObject record", 2, 500, "InternalError"],
    ["glue:UpdateJob", 1, 500, "InternalServiceException"],
    ["glue:UpdateJob", 2, 400, "OperationTimeoutException"],
    ["glue:UpdateJob", 3, 400, "ConcurrentModificationException"],
  ];
  it.each(answers)("%s (%i) with %i %s does no harm", limit, async (kind, which, status, code) => {
    const { lane, wrong } = await world();
    const before = await newestId(lane);
    const answer = nth(kind, which, ({ operation }) => errorReply({ operation }, status, code, "try again"));
    const run = await runThrough(lane, "2", () => ({ after: answer }));
    expect(run.log).not.toContain("::error");
    expect(run.code).toBe(0);
    expect(await wrong(2)).toEqual([]);
    expect(await pendingSince(lane, before)).toEqual([]);
  });
});

describe("a deploy that is cancelled", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("by %s moves back what has moved", limit, async (name) => {
    const { lane, wrong } = await world(8);
    const before = await newestId(lane);
    let updates = 0;
    const run = await runThrough(lane, "2", ({ child }) => ({
      after: ({ operation }) => {
        if (operation === "glue:UpdateJob") updates += 1;
        if (operation === "glue:UpdateJob" && updates === 3) child.kill(name);
        return undefined;
      },
    }));
    expect(run.code).toBe(1);
    expect(run.log).toMatch(/::error::.*cancelled.*Moved back/);
    expect(await wrong(1)).toEqual([]);
    expect(await pendingSince(lane, before)).toEqual([]);
    expect((await runThrough(lane, "3")).log).not.toContain("Waiting for");
  });
});

describe("two deploys at once", () => {
  it("go one after the other", limit, async () => {
    const { lane, wrong } = await world(8);
    const holder: { second?: ReturnType<typeof runThrough> } = {};
    const first = await runThrough(lane, "71", () => ({
      after: ({ operation }) => {
        if (operation === "glue:UpdateJob") holder.second ??= runThrough(lane, "72");
        return undefined;
      },
    }));
    const second = await holder.second;
    expect([first.code, second?.code]).toEqual([0, 0]);
    expect(await wrong(2)).toEqual([]);
  });
});
