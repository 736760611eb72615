import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { execa } from "execa";
import { type E2eResult, e2eResultSchema } from "../../src/e2e/result.ts";
import type { SandboxClients } from "./e2e.ts";
import { type FaultPipeline, faultPipeline } from "./fault-pipeline.ts";
import { startFaultProxy } from "./fault-proxy.ts";
import { pick, seeded } from "./seeded.ts";

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
  readonly faults: Readonly<Record<string, number>>;
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
  const random = seeded(seed);
  const pipeline = await faultPipeline(clients, home, `s${seed}-${crypto.randomUUID().slice(0, 8)}`, random);
  const cancelled = new Map<string, boolean>();
  const isCancelled = (id: string): boolean => {
    const known = cancelled.get(id) ?? random() < 0.06;
    cancelled.set(id, known);
    return known;
  };
  const watch = { onCall: (_: string): void => undefined };
  const proxy = await startFaultProxy({
    upstream: clients.sandbox.endpoint,
    random,
    share: random() < 0.15 ? 0 : 0.06,
    onCall: (call) => watch.onCall(call),
    onEffect: (call) => {
      if (pipeline.arrives && call.startsWith("PUT ") && call.includes("/landing/in.json")) {
        void produce(clients, pipeline);
      }
      watch.onCall(call);
    },
    isCancelled,
  });
  const attempts: Attempt[] = [];
  try {
    do {
      const ending = pick(random, endings);
      const at = Math.ceil(random() * calls * 2);
      const run = await attempt({
        root,
        pipeline,
        number: attempts.length + 1,
        endpoint: proxy.endpoint,
        ending,
        at,
        watch,
      });
      attempts.push({ ...run, cancelled: new Set([...cancelled].flatMap(([id, is]) => (is ? [id] : []))) });
    } while (attempts.length < mostAttempts && goesOn(attempts.at(-1), random));
  } finally {
    await proxy.close();
  }
  return { seed, pipeline, attempts, faults: proxy.faults };
}

function goesOn(last: Attempt | undefined, random: () => number): boolean {
  if (last?.exitCode === 0) return false;
  return last?.ended !== "by itself" || random() < 0.6;
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
  readonly watch: { onCall: (call: string) => void };
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
