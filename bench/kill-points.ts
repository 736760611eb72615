/**
 * `npm run kill-points -- --count 1000 --seed 1`: deploys of 20 jobs by the built action, each killed (SIGKILL) at one
 * of its API calls, before the call's effect or after it, and then the next run, which must put everything right; one
 * run in four of these is killed too. Exits 1 when a setting was lost, an object overwritten, a job left pointing at a
 * missing key, or a release not settled. `--first 17 --count 1` plays round 17 again.
 */
import { parseArgs } from "node:util";
import { startSandbox } from "../sandbox/start.ts";
import { overwrittenKeys } from "../test/support/kill-points/inspect.ts";
import { type Lane, openLane } from "../test/support/kill-points/lane.ts";
import { playRound, type RoundReport, rehearse } from "../test/support/kill-points/round.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
    first: { type: "string", default: "1" },
    jobs: { type: "string", default: "20" },
    lanes: { type: "string", default: "3" },
    minutes: { type: "string", default: "600" },
  },
});
const [count, seed, first, jobs] = [values.count, values.seed, values.first, values.jobs].map(Number) as [
  number,
  number,
  number,
  number,
];
const lanes = Math.min(Number(values.lanes), count);
const deadline = Date.now() + Number(values.minutes) * 60_000;

const sandbox = await startSandbox({ port: 0 });
Object.assign(process.env, sandbox.environment);
const reports: RoundReport[] = [];
const overwritten: string[] = [];
const started = Date.now();
try {
  const rounds = Array.from({ length: count }, (_, index) => first + index).values();
  await Promise.all(Array.from({ length: lanes }, (_, index) => playLane(`${index}`, rounds)));
} finally {
  await sandbox.stop();
}
report();

async function playLane(id: string, rounds: IterableIterator<number>): Promise<void> {
  const lane = await openLane(sandbox, id, jobs);
  try {
    let standing: readonly string[] = lane.names.map((_, index) => `print("first", ${index})\n`);
    const calls = await rehearse(lane, standing);
    for (const round of rounds) {
      if (Date.now() > deadline) break;
      const played = await playRound(lane, { seed, round, calls, standing });
      standing = played.standing;
      reports.push(played.report);
      tell(played.report);
    }
    overwritten.push(...(await overwrittenKeys(lane)));
  } finally {
    await (lane satisfies Lane).close();
  }
}

function tell({ round, kills, problems }: RoundReport): void {
  if (problems.length > 0) console.log(`round ${round} (${kills.join("; ")}):\n  ${problems.join("\n  ")}`);
  else if (reports.length % 25 === 0) console.log(`${reports.length} rounds`);
}

function report(): void {
  const failed = reports.filter(({ problems }) => problems.length > 0);
  const kills = reports.flatMap((each) => each.kills);
  const places = new Map<string, number>();
  for (const kill of kills) {
    const place = kill.replace(/^\d+ /, "");
    places.set(place, (places.get(place) ?? 0) + 1);
  }
  console.log({
    seed,
    rounds: reports.length,
    kills: kills.length,
    endedBeforeTheirKillPoint: reports.filter(({ completed }) => completed).length,
    distinctPoints: new Set(kills).size,
    ...Object.fromEntries([...places].sort()),
    roundsWithProblems: failed.length,
    overwrittenObjects: overwritten.length,
    recovered: `${reports.length - failed.length} of ${reports.length}`,
    seconds: Math.round((Date.now() - started) / 1_000),
  });
  if (failed.length + overwritten.length > 0 || reports.length === 0) process.exitCode = 1;
}
