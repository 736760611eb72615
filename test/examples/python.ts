import { ensureEnvironment } from "../../sandbox/environment/ensure.ts";

/** Milliseconds that a hook may take in which the sandbox's packages are installed for the first time. */
export const installation = 600_000;

/** The sandbox's interpreter, which has DuckDB, pyarrow and boto3. */
export async function sandboxPython(): Promise<string> {
  const { python } = await ensureEnvironment({ environment: process.env, progress: () => undefined });
  return python;
}
