/**
 * `npm run bench`: what validate-glue costs, beside the two things people would run in its place. Each ratio comes from
 * runs that took turns on one machine; the medians are printed and written to bench/results.json.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, release, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { silent } from "../src/base/progress.ts";
import { InterpreterFinder } from "../src/validate/interpreter.ts";
import { judgeScripts } from "../src/validate/judge.ts";
import { measure, median } from "./measure.ts";
import { glueScript, writeScripts } from "./scripts.ts";

const root = join(import.meta.dirname, "..");
const rounds = 5;
/** Files of the loop that are run in each round. */
const sampled = 25;
const compileAll =
  "import sys\nfor path in sys.stdin.read().split('\\n'):\n    with open(path, 'rb') as file:\n        compile(file.read(), path, 'exec', 0, True)";
const listed = `import sys\nsys.stdin = open(sys.argv[1])\n${compileAll}`;

const home = await mkdtemp(join(tmpdir(), "glue-toolkit-bench-"));
const { path: python, version } = await new InterpreterFinder(process.env).find([3, 11]);
const env = { PATH: process.env["PATH"] ?? "", HOME: home };

try {
  await bench();
} finally {
  await rm(home, { recursive: true, force: true });
}

async function bench(): Promise<void> {
  const machine = {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 1e9),
    system: `${process.platform} ${release()}`,
    node: process.versions.node,
    python: version,
  };
  console.log(machine);
  const thousand = await thousandScripts();
  const ten = await tenThousand();
  const long = await longFiles();
  const results = {
    date: new Date().toISOString().slice(0, 10),
    machine,
    rounds,
    ...thousand,
    ...ten,
    ...long,
  };
  console.log(results);
  await writeFile(join(root, "bench/results.json"), `${JSON.stringify(results, rounded, 2)}\n`);
}

/** The whole action, process start to exit, against a bare compile() and the loop; they take turns. */
async function thousandScripts() {
  const folder = join(home, "thousand");
  const files = await writeScripts(folder, 1_000, 300);
  await writeFile(join(home, "list"), files.join("\n"));
  const action: number[] = [];
  const bare: number[] = [];
  const checker: number[] = [];
  const loop: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    loop.push(await loopSeconds(files.slice(round * sampled, (round + 1) * sampled), files.length));
    action.push((await runAction(folder)).seconds);
    checker.push(await judgeSeconds(files));
    bare.push(
      (await measure(python, [python, "-I", "-S", "-c", listed, join(home, "list")], { cwd: home, env }))
        .seconds,
    );
  }
  return {
    actionSeconds: median(action),
    checkerSeconds: median(checker),
    bareCompileSeconds: median(bare),
    actionToBareCompile: median(action.map((seconds, round) => seconds / (bare[round] ?? Number.NaN))),
    checkerToBareCompile: median(checker.map((seconds, round) => seconds / (bare[round] ?? Number.NaN))),
    pyCompileLoopSecondsExtrapolated: median(loop),
    pyCompileLoopFilesPerRound: sampled,
    loopToAction: median(loop.map((seconds, round) => seconds / (action[round] ?? Number.NaN))),
    peakMegabytes: (await runAction(folder, true)).peakMegabytes,
  };
}

async function tenThousand() {
  const small = join(home, "thousand");
  const large = join(home, "ten-thousand");
  await writeScripts(large, 10_000, 300);
  const before = (await runAction(small)).seconds;
  const ten = (await runAction(large)).seconds;
  const after = (await runAction(small)).seconds;
  return {
    tenThousandSeconds: ten,
    tenThousandToThousand: ten / ((before + after) / 2),
    tenThousandPeakMegabytes: (await runAction(large, true)).peakMegabytes,
  };
}

async function longFiles() {
  const cases = {
    lines50000Seconds: glueScript(50_000, 1),
    equalLines100000Seconds: "x = 1\n".repeat(100_000),
    equalLines200000Seconds: "x = 1\n".repeat(200_000),
    brackets100000Seconds: `x = ${"(".repeat(100_000)}\n`,
    brackets200000Seconds: `x = ${"(".repeat(200_000)}\n`,
  };
  const seconds: Record<string, number> = {};
  for (const [name, text] of Object.entries(cases)) {
    const path = join(home, `${name}.py`);
    await writeFile(path, text);
    const runs: number[] = [];
    for (let round = 0; round < 3; round += 1) runs.push(await judgeSeconds([path]));
    seconds[name] = median(runs);
  }
  return seconds;
}

/** The built action as a runner starts it, with no network and no credentials. */
async function runAction(folder: string, watched = false) {
  const run = await measure(python, [process.execPath, join(root, "actions/validate-glue/dist/index.js")], {
    cwd: folder,
    watched,
    env: { ...env, GITHUB_WORKSPACE: folder, INPUT_PATHS: "*.py", INPUT_PYTHON: python },
  });
  if (run.exitCode !== 0)
    throw new Error(`the action failed on healthy scripts:\n${run.output.slice(-2_000)}`);
  return run;
}

async function judgeSeconds(files: readonly string[]): Promise<number> {
  const started = performance.now();
  await judgeScripts(
    files.map((absolutePath) => ({ path: absolutePath, absolutePath, jobs: [] })),
    { python, checkerFolder: join(root, "src/validate/checker"), environment: env, progress: silent },
  );
  return (performance.now() - started) / 1_000;
}

/** `for f in *.py; do python -m py_compile "$f"; done` on some of the files, scaled up to all. */
async function loopSeconds(some: readonly string[], all: number): Promise<number> {
  const list = some.map((path) => `'${path}'`).join(" ");
  const loop = `for file in ${list}; do '${python}' -m py_compile "$file"; done`;
  const { seconds } = await measure(python, ["/bin/sh", "-c", loop], { cwd: home, env });
  return (seconds * all) / some.length;
}

function rounded(_: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(4)) : value;
}
