import { mkdtemp, realpath, rm } from "node:fs/promises";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCallCounts } from "./call-counts.ts";
import { ensureEnvironment } from "./environment/ensure.ts";
import { freePort } from "./free-port.ts";
import { type FrontParts, openFront } from "./front.ts";
import { createGlueApi } from "./glue/api.ts";
import { createIdentities, rootCredentials } from "./identity.ts";
import { createJudge } from "./judge.ts";
import { type MiniStack, startMiniStack } from "./ministack.ts";
import { provision } from "./provision.ts";
import { createProxy } from "./proxy.ts";

export interface SandboxOptions {
  /** 0 takes any free port; 4566 by default. */
  readonly port?: number;
  /** Check access keys and session tokens, and judge every call by IAM policies. */
  readonly enforceIam?: boolean;
  readonly progress?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** A running AWS on this machine. */
export interface Sandbox {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  /** The variables that point an SDK, the AWS CLI or Terraform at it. */
  readonly environment: Readonly<Record<string, string>>;
  /** A control verb of the sandbox's Glue: see BEHAVIOUR.md. */
  control(verb: string, input: unknown): Promise<Record<string, unknown>>;
  /** How often each operation was called since this was last asked. */
  calls(): Readonly<Record<string, number>>;
  /** Creates what `<folder>/sandbox.yml` lists. */
  provision(folder: string): Promise<void>;
  stop(): Promise<void>;
}

const account = "000000000000";
const region = "us-east-1";

/**
 * Starts the embedded AWS on loopback: MiniStack behind our own Glue, on one port.
 * @throws SandboxError when the port is in use, or the Python environment can't be had
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { progress = () => undefined, signal } = options;
  const parts: { current?: FrontParts } = {};
  const front = await openFront(options.port ?? 4566, () => parts.current);
  const closers: (() => Promise<void> | void)[] = [() => close(front)];
  const stop = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const endpoint = `http://127.0.0.1:${portOf(front)}`;
    const python = await ensureEnvironment({ environment: process.env, progress, signal });
    const workFolder = await realpath(await mkdtemp(join(tmpdir(), "glue-toolkit-sandbox-")));
    closers.push(() => rm(workFolder, { recursive: true, force: true, maxRetries: 5 }));
    const enforceIam = options.enforceIam ?? false;
    const ministack: MiniStack = await startMiniStack({
      python: python.python,
      port: await freePort(),
      front: endpoint,
      workFolder,
      account,
      region,
      enforceIam,
      signal,
    });
    closers.push(() => ministack.stop());
    const proxy = createProxy(ministack.url);
    const identities = createIdentities({ account, region });
    const glue = createGlueApi({
      upstream: ministack.url,
      front: endpoint,
      python: python.python,
      java: python.java,
      workFolder,
    });
    closers.push(
      () => proxy.close(),
      () => glue.close(),
    );
    const judge = enforceIam ? createJudge(ministack.url) : undefined;
    const calls = createCallCounts();
    parts.current = { glue, proxy, identities, calls, judge };
    const environment = clientEnvironment(endpoint);
    return {
      endpoint,
      environment,
      control: (verb, input) =>
        glue.control(verb, input, { accountId: account, region, accessKeyId: rootCredentials.accessKeyId }),
      calls: calls.take,
      provision: (folder) => provision({ folder, endpoint, progress }),
      stop,
    };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

function clientEnvironment(endpoint: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: rootCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: rootCredentials.secretAccessKey,
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the front has no port");
  return address.port;
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
