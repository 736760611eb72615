import { spawnPython } from "./spawn-python.ts";

const PRINT_MISSING = `
import importlib.metadata, sys
for name in sys.argv[1:]:
    try:
        importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        print(name)
`;

/** Of `--additional-python-modules`, the distributions that the interpreter has not; versions are not compared. */
export async function missingModules(
  python: string,
  cwd: string,
  modules: readonly string[],
): Promise<string[]> {
  if (modules.length === 0) return [];
  const names = modules.map((module) => /^[A-Za-z0-9._-]+/.exec(module)?.[0] ?? module);
  const missing: string[] = [];
  const onLine = (stream: string, line: string) => {
    if (stream === "stdout") missing.push(line);
  };
  await spawnPython({ python, args: ["-c", PRINT_MISSING, ...names], cwd, env: {}, onLine }).exit;
  return missing;
}
