import { execa } from "execa";
import { SandboxError } from "../errors.ts";

export interface Python {
  readonly executable: string;
  /** `3.11` */
  readonly version: string;
}

/** Glue 5 runs 3.11; PySpark 3.5 is at home on 3.10 and 3.11 and runs on later ones. */
const preferred = ["python3.11", "python3.10", "python3.12", "python3.13", "python3", "python"];
const least = 10;
const print = "import sys; print(sys.executable); print('%d.%d' % sys.version_info[:2])";

/**
 * The Python to build the environment with: `GLUE_TOOLKIT_PYTHON`, else the best one on PATH.
 * @throws SandboxError when there is none from 3.10 up
 */
export async function findPython(environment: NodeJS.ProcessEnv): Promise<Python> {
  const asked = environment["GLUE_TOOLKIT_PYTHON"];
  const seen: string[] = [];
  for (const command of asked ? [asked] : preferred) {
    const python = await inspect(command, environment);
    if (python === undefined) continue;
    if (Number(python.version.split(".")[1]) >= least && python.version.startsWith("3.")) return python;
    seen.push(`${command} is ${python.version}`);
  }
  const what = asked
    ? `GLUE_TOOLKIT_PYTHON=${asked} is not a Python 3.10 or newer`
    : "the sandbox needs Python 3.10 or newer, and PATH has none";
  throw new SandboxError(
    seen.length > 0 ? `${what} (${seen.join(", ")})` : what,
    "Install Python 3.11, or set GLUE_TOOLKIT_PYTHON to the path of one.",
  );
}

async function inspect(command: string, environment: NodeJS.ProcessEnv): Promise<Python | undefined> {
  const result = await execa(command, ["-I", "-c", print], {
    env: environment,
    extendEnv: false,
    reject: false,
    timeout: 20_000,
  });
  if (result.exitCode !== 0) return undefined;
  const [executable, version] = result.stdout.trim().split("\n");
  return executable && version ? { executable, version } : undefined;
}
