import { beforeAll } from "vitest";
import type { SandboxOptions } from "../../sandbox/start.ts";
import { useSandbox } from "./sandbox.ts";

/** The sandbox's only account. */
export const sandboxAccount = "000000000000";

/** A sandbox of the file's own that `createClients` finds as it finds AWS: by the environment. */
export function useSandboxEnvironment(options: SandboxOptions = {}): ReturnType<typeof useSandbox> {
  const sandbox = useSandbox(options);
  beforeAll(() => void Object.assign(process.env, sandbox.current.environment));
  return sandbox;
}
