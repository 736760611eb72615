import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { SandboxError } from "./errors.ts";
import { rootCredentials } from "./identity.ts";

export interface MiniStackOptions {
  readonly python: string;
  readonly port: number;
  /** The front's base URL: what Lambda functions call. */
  readonly front: string;
  readonly workFolder: string;
  readonly account: string;
  readonly region: string;
  readonly enforceIam: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface MiniStack {
  readonly url: string;
  /** Resolves when the process ends by itself. */
  readonly gone: Promise<void>;
  stop(): Promise<void>;
}

const readyMilliseconds = 30_000;

const program = join(import.meta.dirname, "launch_ministack.py");

/**
 * Starts MiniStack on loopback and waits until it answers.
 * @throws SandboxError with the end of its log
 */
export async function startMiniStack(options: MiniStackOptions): Promise<MiniStack> {
  const log = join(options.workFolder, "ministack.log");
  const child = spawn(options.python, ["-I", program], {
    cwd: options.workFolder,
    env: settings(options),
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
  const sink = createWriteStream(log, { flags: "a" });
  child.stdout.pipe(sink, { end: false });
  child.stderr.pipe(sink, { end: false });
  const gone = once(child, "exit").then(() => undefined);
  const url = `http://127.0.0.1:${options.port}`;
  try {
    await untilReady(child, url, options.signal);
  } catch (thrown) {
    await end(child, gone);
    options.signal?.throwIfAborted();
    const tail = (await readFile(log, "utf8").catch(() => "")).split("\n").slice(-8).join("\n");
    throw new SandboxError(`the embedded AWS did not start:\n${tail}\n`, "Look at its log above.", thrown);
  }
  return { url, gone, stop: () => end(child, gone) };
}

function settings(options: MiniStackOptions): Record<string, string> {
  const { workFolder } = options;
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: workFolder,
    TMPDIR: workFolder,
    LANG: "C.UTF-8",
    PYTHONUNBUFFERED: "1",
    BIND_HOST: "127.0.0.1",
    GATEWAY_PORT: String(options.port),
    IOT_MTLS_ENABLED: "0",
    SFTP_ENABLED: "0",
    LOG_LEVEL: "WARNING",
    // nothing of a Docker on this machine is touched
    DOCKER_HOST: `unix://${join(workFolder, "no-docker.sock")}`,
    LAMBDA_EXECUTOR: "local",
    S3_DATA_DIR: join(workFolder, "s3"),
    STATE_DIR: join(workFolder, "state"),
    MINISTACK_ACCOUNT_ID: options.account,
    MINISTACK_REGION: options.region,
    AWS_ENDPOINT_URL: options.front,
    AWS_ACCESS_KEY_ID: rootCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: rootCredentials.secretAccessKey,
    AUTH: String(options.enforceIam),
  };
}

async function untilReady(child: ChildProcess, url: string, signal: AbortSignal | undefined): Promise<void> {
  const deadline = performance.now() + readyMilliseconds;
  for (;;) {
    signal?.throwIfAborted();
    if (child.exitCode !== null) throw new Error(`it ended with exit code ${child.exitCode}`);
    const answer = await fetch(`${url}/_ministack/health`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    if (performance.now() > deadline) throw new Error(`it was not ready after ${readyMilliseconds} ms`);
    await delay(50);
  }
}

/** Lambda workers run in the same process group and go with it. */
async function end(child: ChildProcess, gone: Promise<void>): Promise<void> {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
    signalGroup(child.pid, "SIGTERM");
  const late = delay(3_000, "late", { ref: false });
  if ((await Promise.race([gone, late])) === "late" && child.pid !== undefined)
    signalGroup(child.pid, "SIGKILL");
  await gone;
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // gone already
  }
}
