import { afterAll, beforeAll } from "vitest";
import { type AwsClients, createClients } from "../../src/aws/clients.ts";
import { systemClock } from "../../src/base/clock.ts";
import { silent } from "../../src/base/progress.ts";
import { useSandboxEnvironment } from "../support/aws-environment.ts";

/** Looks often: the sandbox is quick. */
export const quickPace = { firstMilliseconds: 20, maxMilliseconds: 200, factor: 1.5, jitter: 0 };

/** Waits on the machine's own clock, for what nobody cancels. */
export function patience() {
  return { clock: systemClock, signal: new AbortController().signal };
}

/** A sandbox of the file's own and the toolkit's clients for it. */
export function useClients() {
  const sandbox = useSandboxEnvironment();
  const holder: { clients?: AwsClients } = {};
  beforeAll(() => {
    holder.clients = createClients({ region: "us-east-1", progress: silent });
  });
  afterAll(() => holder.clients?.destroy());
  return {
    get sandbox() {
      return sandbox.current;
    },
    get clients() {
      if (holder.clients === undefined) throw new Error("the clients are made in beforeAll");
      return holder.clients;
    },
  };
}
