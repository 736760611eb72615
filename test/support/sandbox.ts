import { afterAll, beforeAll, inject } from "vitest";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../sandbox/start.ts";
import { connectSandbox } from "./shared-sandbox.ts";

/** One sandbox for the tests of a file, on a free port, stopped after them; or the shared one, where there is one. */
export function useSandbox(options: SandboxOptions = {}): { readonly current: Sandbox } {
  const holder: { sandbox?: Sandbox } = {};
  beforeAll(async () => {
    const shared = inject("sharedSandbox");
    const own = shared === undefined || Object.keys(options).length > 0;
    holder.sandbox = own ? await startSandbox({ port: 0, ...options }) : connectSandbox(shared);
  }, 60_000);
  afterAll(() => holder.sandbox?.stop(), 30_000);
  return {
    get current() {
      if (holder.sandbox === undefined) throw new Error("the sandbox starts in beforeAll");
      return holder.sandbox;
    },
  };
}

/** SDK client settings for a sandbox. */
export function clientConfig(
  sandbox: Sandbox,
  credentials = { accessKeyId: "test", secretAccessKey: "test" },
) {
  return { endpoint: sandbox.endpoint, region: "us-east-1", credentials };
}
