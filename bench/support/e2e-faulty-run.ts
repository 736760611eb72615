import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { execa } from "execa";
import { type E2eResult, e2eResultSchema } from "../../src/e2e/result.ts";
import type { PassingCall } from "../../test/support/faults/call.ts";
import { type Dice, diceOf, happens, pick } from "../../test/support/faults/dice.ts";
import { injectFaults } from "../../test/support/faults/inject.ts";
import { allOf, type Faults, openFaultProxy } from "../../test/support/faults/proxy.ts";
import { drawSurroundings } from "../../test/support/faults/surroundings.ts";
import { cancelSome, oneQueryPerToken } from "./athena-faults.ts";
import type { SandboxClients } from "./e2e.ts";
import { type FaultPipeline, faultPipeline } from "./e2e-fault-pipeline.ts";

export interface Attempt {
  readonly ended: "by itself" | "killed" | "cancelled";
  readonly exitCode: number | undefined;
  /** The JSON report of this attempt; undefined when there is none. */
  readonly report: E2eResult | undefined;
  readonly log: string;
  /** Queries that somebody cancelled. */
  readonly cancelled: ReadonlySet<string>;
  /** Seconds from the cancellation to the end. */
  readonly lingered: number | undefined;
}

export interface FaultyRun {
  readonly seed: number;
  readonly pipeline: FaultPipeline;
  readonly attempts: readonly Attempt[];
  readonly faults: ReadonlyMap<string, number>;
}

const mostAttempts = 4;
const endings = { "by itself": 6, killed: 3, cancelled: 1 } as const;
/** A run sends about so many calls. */
const calls = 110;

/** One workflow run of the built run-e2e with faults drawn from the seed: attempt after attempt until it is green or given up. */
export async function faultyRun(
  clients: SandboxClients,
  options: { readonly root: string; readonly home: string; readonly seed: number },
): Promise<FaultyRun> {
  const { root, home, seed } = options;
  const dice = diceOf(seed, 0);
  const pipeline = await faultPipeline(clients, home, `s${seed}-${crypto.randomUUID().slice(0, 8)}`, dice);
  const counts = new Map<string, number>();
  const cancelled = new Set<string>();
  const watch: Watch = { onCall: () => undefined };
  const proxy = await openFaultProxy(
    clients.sandbox.endpoint,
    allOf(
      watching(watch),
      injectFaults({ dice, share: happens(dice, "calm", 0.15) ? 0 : 0.06, counts }),
      ...drawSurroundings(dice, counts),
      producing(clients, pipeline),
      cancelSome(dice, cancelled),
      oneQueryPerToken(),
    ),
  );
  const attempts: Attempt[] = [];
  try {
    do {
      const name = `attempt ${attempts.length + 1}`;
      const ending = pick(dice, `${name} ends`, endings);
      const at = 1 + dice(`${name} ends at`, calls * 2);
      const run = await attempt({
        root,
        pipeline,
        number: attempts.length + 1,
        endpoint: proxy.url,
        ending,
        at,
        watch,
      });
      attempts.push({ ...run, cancelled: new Set(cancelled) });
    } while (attempts.length < mostAttempts && goesOn(attempts, dice));
  } finally {
    await proxy.close();
  }
  return { seed, pipeline, attempts, faults: counts };
}

function goesOn(attempts: readonly Attempt[], dice: Dice): boolean {
  const last = attempts.at(-1);
  if (last?.exitCode === 0) return false;
  return last?.ended !== "by itself" || happens(dice, `again after ${attempts.length}`, 0.6);
}

/** Told of each call when it is sent and when it has had its effect. */
interface Watch {
  onCall: () => void;
}

function watching(watch: Watch): Faults {
  const tell = (): undefined => void watch.onCall();
  return { before: tell, after: tell };
}

/** The ingestion: when the input is there it writes what is expected, if that comes at all. */
function producing(clients: SandboxClients, pipeline: FaultPipeline): Faults {
  const isInput = ({ operation, path }: PassingCall): boolean =>
    operation === "s3:PutObject" && path.includes("/landing/in.json");
  return {
    after: (call) => {
      if (pipeline.arrives && isInput(call)) void produce(clients, pipeline);
      return undefined;
    },
  };
}

/** What the ingestion would write; some seconds later by S3's clock is not needed. */
async function produce({ s3 }: SandboxClients, { bucket }: FaultPipeline): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: "bronze/out.parquet", Body: "PAR1" }));
}

async function attempt(options: {
  readonly root: string;
  readonly pipeline: FaultPipeline;
  readonly number: number;
  readonly endpoint: string;
  readonly ending: keyof typeof endings;
  /** The call, sent or answered, at which the process is ended. */
  readonly at: number;
  readonly watch: Watch;
}): Promise<Omit<Attempt, "cancelled">> {
  const { pipeline, number, ending } = options;
  const reports = `reports-${number}`;
  const child = execa(process.execPath, [join(options.root, "actions/run-e2e/dist/index.js")], {
    cwd: pipeline.workspace,
    extendEnv: false,
    env: {
      PATH: process.env["PATH"],
      HOME: pipeline.workspace,
      AWS_ENDPOINT_URL: options.endpoint,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      GITHUB_WORKSPACE: pipeline.workspace,
      GITHUB_RUN_ID: "4711",
      GITHUB_RUN_ATTEMPT: String(number),
      "INPUT_CONFIRM-CLEAN": "dev",
      "INPUT_REPORT-DIR": reports,
      INPUT_TIMEOUT: "5m",
    },
    all: true,
    reject: false,
    // A cancelled process ends in its own time, which is measured.
    forceKillAfterDelay: false,
    timeout: 400_000,
  });
  let seen = 0;
  let endedAt: number | undefined;
  options.watch.onCall = () => {
    seen += 1;
    if (ending === "by itself" || seen !== options.at) return;
    endedAt = performance.now();
    child.kill(ending === "killed" ? "SIGKILL" : "SIGTERM");
  };
  const { exitCode, all } = await child;
  options.watch.onCall = () => undefined;
  return {
    ended: endedAt === undefined ? "by itself" : ending,
    exitCode,
    report: await readReport(join(pipeline.workspace, reports, "e2e-report.json")),
    log: all,
    lingered: endedAt === undefined ? undefined : (performance.now() - endedAt) / 1_000,
  };
}

async function readReport(path: string): Promise<E2eResult | undefined> {
  try {
    return e2eResultSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return undefined;
  }
}
