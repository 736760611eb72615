import { performance } from "node:perf_hooks";
import { execa } from "execa";

export interface Measured {
  readonly seconds: number;
  /** The most memory that the process and all it started held together, in MB: proportional set size, sampled. */
  readonly peakMegabytes: number;
  readonly exitCode: number;
  readonly output: string;
}

/** Starts one command and samples the memory of its whole tree: shared pages count once (Linux only, else 0). */
const watcher = `
import json, os, subprocess, sys, time
def tree(pid):
    yield pid
    try:
        for task in os.listdir("/proc/%d/task" % pid):
            with open("/proc/%d/task/%s/children" % (pid, task)) as file:
                for child in file.read().split():
                    for found in tree(int(child)):
                        yield found
    except OSError:
        pass
def held(pid):
    try:
        with open("/proc/%d/smaps_rollup" % pid) as file:
            return sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
    except OSError:
        return 0
child = subprocess.Popen(sys.argv[2:], stdout=open(sys.argv[1], "wb"), stderr=subprocess.STDOUT)
peak = 0
while child.poll() is None:
    peak = max(peak, sum(held(pid) for pid in tree(child.pid)))
    time.sleep(0.05)
print(json.dumps([child.returncode, peak]))
`;

/** Runs a command to its end in the given environment alone; `watched` samples its memory, which costs a little time. */
export async function measure(
  python: string,
  command: readonly [string, ...string[]],
  options: {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    readonly watched?: boolean;
  },
): Promise<Measured> {
  const { cwd, env, watched = false } = options;
  const [program, ...args] = watched ? [python, "-I", "-S", "-c", watcher, "/dev/null", ...command] : command;
  const started = performance.now();
  const { exitCode, all } = await execa(program, args, {
    cwd,
    env,
    extendEnv: false,
    all: true,
    reject: false,
  });
  const seconds = (performance.now() - started) / 1_000;
  if (!watched) return { seconds, peakMegabytes: 0, exitCode: exitCode ?? -1, output: all };
  const [code, kilobytes] = JSON.parse(all) as [number, number];
  return { seconds, peakMegabytes: (kilobytes * 1_024) / 1e6, exitCode: code, output: "" };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
