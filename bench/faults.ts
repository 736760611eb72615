/**
 * `npm run test:faults [-- --only deploy|e2e --count 300 --seed 1 --first 17]`: runs of the built deploy-glue and
 * run-e2e against the sandbox, each with faults of its own that the seed draws. Prints what was played and every broken
 * promise, and ends 1 when there is one. `--only deploy --first 17 --count 1` plays round 17 again; `--minutes 10` begins
 * no round of a part after ten minutes.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { mapLimited } from "../src/base/limit.ts";
import { playDeployRound } from "../test/support/faults/deploy-round.ts";
import { type SandboxClients, withSandbox } from "./support/e2e.ts";
import { brokenPromises } from "./support/e2e-fault-verdict.ts";
import { type FaultyRun, faultyRun } from "./support/e2e-faulty-run.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    count: { type: "string" },
    seed: { type: "string", default: "1" },
    first: { type: "string", default: "1" },
    parallel: { type: "string", default: "2" },
    minutes: { type: "string", default: "600" },
    log: { type: "boolean", default: false },
  },
});

/** What one round came to. */
interface Round {
  readonly ended: string;
  readonly faults: ReadonlyMap<string, number>;
  readonly problems: readonly string[];
  readonly log: string;
}

interface Part {
  readonly rounds: number;
  readonly play: (clients: SandboxClients, round: number) => Promise<Round>;
}

const root = join(import.meta.dirname, "..");
const seed = Number(values.seed);
const home = await mkdtemp(join(tmpdir(), "glue-toolkit-faults-"));
const parts: Readonly<Record<string, Part>> = {
  deploy: { rounds: 200, play: ({ sandbox }, round) => playDeployRound(sandbox, { seed, round }) },
  e2e: { rounds: 300, play: playE2eRound },
};
const asked = values.only === undefined ? Object.keys(parts) : [values.only];

try {
  for (const name of asked) {
    const part = parts[name];
    if (part === undefined) throw new Error(`--only ${name}: there are ${Object.keys(parts).join(", ")}`);
    await playAll(name, part);
  }
} finally {
  await rm(home, { recursive: true, force: true });
}

async function playAll(name: string, part: Part): Promise<void> {
  const started = Date.now();
  const count = Number(values.count ?? part.rounds);
  const deadline = started + Number(values.minutes) * 60_000;
  let done = 0;
  const rounds = Array.from({ length: count }, (_, index) => Number(values.first) + index);
  const played = await withSandbox(async (clients) => {
    Object.assign(process.env, clients.sandbox.environment);
    const results = await mapLimited(rounds, Number(values.parallel), async (round) => {
      if (Date.now() > deadline) return [];
      const result = await part.play(clients, round);
      tell(`${name} round ${round}`, result);
      done += 1;
      if (done % 25 === 0) console.log(`${name}: ${done} rounds`);
      return [result];
    });
    return results.flat();
  });
  const broken = played.filter(({ problems }) => problems.length > 0).length;
  const seconds = Math.round((Date.now() - started) / 1_000);
  console.log(name, { seed, rounds: played.length, broken, seconds, ...sums(played) });
  if (broken > 0 || played.length === 0) process.exitCode = 1;
}

function tell(name: string, { ended, problems, log }: Round): void {
  if (problems.length > 0) console.log(`${name}: ${ended}:\n  ${problems.join("\n  ")}`);
  else if (values.log) console.log(`${name}: ${ended}`);
  if (problems.length > 0 || values.log) console.log(log.slice(-8_000), "\n----");
}

function sums(rounds: readonly Round[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const { ended, faults } of rounds) {
    sum[ended] = (sum[ended] ?? 0) + 1;
    for (const [kind, times] of faults) sum[kind] = (sum[kind] ?? 0) + times;
  }
  return Object.fromEntries(Object.entries(sum).sort());
}

async function playE2eRound(clients: SandboxClients, round: number): Promise<Round> {
  const run = await faultyRun(clients, { root, home, seed: seed + round - 1 });
  return {
    ended: run.attempts.at(-1)?.exitCode === 0 ? "green" : "red",
    faults: new Map([...run.faults, ...endings(run)]),
    problems: await brokenPromises(clients, run),
    log: `${run.attempts.map(describe).join(" → ")}\n${run.attempts.map(({ log }) => log.slice(-6_000)).join("\n----\n")}`,
  };
}

/** Attempts by how they ended. */
function endings({ attempts }: FaultyRun): ReadonlyMap<string, number> {
  const byEnd = Map.groupBy(attempts, ({ ended }) => `attempts ended ${ended}`);
  return new Map([...byEnd].map(([ended, these]) => [ended, these.length]));
}

function describe({ ended, report }: FaultyRun["attempts"][number]): string {
  return `${ended}${report ? ` ${report.result}` : ""}`;
}
