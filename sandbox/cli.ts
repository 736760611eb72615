/** `npm run sandbox`: the embedded AWS until Ctrl-C. */
import { once } from "node:events";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { explain, SandboxError } from "./errors.ts";
import { startSandbox } from "./start.ts";

const usage = `npm run sandbox [-- options]

Starts an AWS on http://127.0.0.1:$SANDBOX_PORT (default 4566; loopback only) and stops it on Ctrl-C.

  --provision DIR   create what DIR/sandbox.yml lists, e.g. examples/medallion
  --enforce-iam     check access keys and session tokens, and judge every call by IAM policies
  --port N          another port; 0 takes any free one
  --help            this text`;

const abort = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => abort.abort());

try {
  await main();
} catch (thrown) {
  if (!abort.signal.aborted) {
    console.error(explain(thrown));
    process.exitCode = 1;
  }
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    console.log(usage);
    return;
  }
  const sandbox = await startSandbox({
    port: options.port,
    enforceIam: options.enforceIam,
    progress: console.log,
    signal: abort.signal,
  });
  try {
    if (options.provision !== undefined) await sandbox.provision(resolve(options.provision));
    for (const [name, value] of Object.entries(sandbox.environment)) console.log(`export ${name}=${value}`);
    console.log("ready");
    if (!abort.signal.aborted) await once(abort.signal, "abort");
    console.log("stopping");
  } finally {
    await sandbox.stop();
  }
}

function readOptions(): { help: boolean; port: number; enforceIam: boolean; provision: string | undefined } {
  try {
    const { values } = parseArgs({
      options: {
        help: { type: "boolean", default: false },
        provision: { type: "string" },
        "enforce-iam": { type: "boolean", default: false },
        port: { type: "string" },
      },
    });
    const port = values.port ?? process.env["SANDBOX_PORT"] ?? "4566";
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
      throw new SandboxError(
        `"${port}" is not a port`,
        "Give a number from 0 to 65535 with --port or SANDBOX_PORT.",
      );
    }
    return {
      help: values.help,
      port: Number(port),
      enforceIam: values["enforce-iam"],
      provision: values.provision,
    };
  } catch (thrown) {
    if (thrown instanceof SandboxError) throw thrown;
    throw new SandboxError(
      thrown instanceof Error ? thrown.message : String(thrown),
      "See npm run sandbox -- --help.",
      thrown,
    );
  }
}
