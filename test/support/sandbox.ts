import { afterAll, beforeAll } from "vitest";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../sandbox/start.ts";

/** One sandbox for the tests of a file, on a free port; stopped after them. */
export function useSandbox(options: SandboxOptions = {}): { readonly current: Sandbox } {
  const holder: { sandbox?: Sandbox } = {};
  beforeAll(async () => {
    holder.sandbox = await startSandbox({ port: 0, ...options });
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
