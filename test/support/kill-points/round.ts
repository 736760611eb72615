import type { PassingCall } from "../faults/call.ts";
import { type Dice, diceOf } from "../faults/dice.ts";
import { showLockOlder } from "../faults/lock-age.ts";
import { allOf } from "../faults/proxy.ts";
import type { Reply } from "../faults/reply.ts";
import { runThrough } from "../run-through.ts";
import { newestId, pendingSince, wrongJobs } from "./inspect.ts";
import { type Lane, locationOf } from "./lane.ts";

/** What a round came to. */
export interface RoundReport {
  readonly round: number;
  /** Calls at which a process was killed: `12 glue:UpdateJob after its effect`. */
  readonly kills: readonly string[];
  /** Whether the first run ended before its kill point came. */
  readonly completed: boolean;
  readonly problems: readonly string[];
}

interface Run {
  readonly code: number | null;
  readonly signal: string | null;
  readonly log: string;
  readonly kill: string | undefined;
}

/** Scripts of a round: all new, or some of them. */
export function textsOf(
  lane: Lane,
  seed: number,
  round: number,
  standing: readonly string[],
): readonly string[] {
  const dice = diceOf(seed, round);
  const all = dice("all", 3) > 0;
  const fresh = lane.names.map((_, index) => `print(${seed}, ${round}, ${index})\n`);
  return fresh.map((text, index) =>
    all || dice(`job ${index}`, 2) === 0 ? text : (standing[index] ?? text),
  );
}

/**
 * One deploy killed at a call, then the next run, sometimes killed as well, then one that is left alone.
 * @param calls of a deploy that nobody disturbs
 * @param standing the texts that the jobs run now
 * @returns the report, and the texts that the jobs should run now
 */
export async function playRound(
  lane: Lane,
  options: {
    readonly seed: number;
    readonly round: number;
    readonly calls: number;
    readonly standing: readonly string[];
  },
): Promise<{ readonly report: RoundReport; readonly standing: readonly string[] }> {
  const { seed, round, calls, standing } = options;
  const dice = diceOf(seed, round);
  const before = await newestId(lane);
  const first = textsOf(lane, seed, round, standing);
  await lane.write(first);
  const killed = await run(lane, `${seed}-${round}-a`, killPoint(dice, "first", calls));
  const between = await wrongJobs(lane, locations(lane, [standing, first]));
  const next = [first, textsOf(lane, seed, -1 - round, first), standing][dice("next", 3)] ?? first;
  await lane.write(next);
  const twice = dice("twice", 4) === 0;
  const second = twice ? await run(lane, `${seed}-${round}-b`, killPoint(dice, "second", calls)) : undefined;
  const betweenAgain = twice ? await wrongJobs(lane, locations(lane, [standing, first, next])) : [];
  const last = await run(lane, `${seed}-${round}-c`);
  const after = await wrongJobs(lane, locations(lane, [next]));
  const pending = await pendingSince(lane, before);
  const problems = [
    ...between.map((problem) => `after the kill: ${problem}`),
    ...betweenAgain.map((problem) => `after the second kill: ${problem}`),
    ...after.map((problem) => `after the next run: ${problem}`),
    ...pending.map((id) => `still pending: ${id}`),
    ...(last.code === 0 ? [] : [`the next run failed:\n${last.log}`]),
  ];
  return {
    standing: next,
    report: {
      round,
      kills: [killed, second].flatMap((each) => (each?.kill === undefined ? [] : [each.kill])),
      completed: killed.signal === null,
      problems,
    },
  };
}

/** Calls that a deploy of all jobs makes when nobody disturbs it. */
export async function rehearse(lane: Lane, texts: readonly string[]): Promise<number> {
  await lane.write(texts);
  const { code, log, calls } = await run(lane, "rehearsal");
  if (code !== 0) throw new Error(`the rehearsal failed:\n${log}`);
  return calls;
}

interface KillPoint {
  readonly number: number;
  readonly when: "before" | "after";
}

function killPoint(dice: Dice, what: string, calls: number): KillPoint {
  return {
    number: 1 + dice(`${what} call`, calls),
    when: dice(`${what} when`, 2) === 0 ? "before" : "after",
  };
}

async function run(lane: Lane, runId: string, point?: KillPoint): Promise<Run & { readonly calls: number }> {
  let kill: string | undefined;
  const { code, signal, log, calls } = await runThrough(lane, runId, ({ child, ended }) => {
    const killAt = async (
      when: KillPoint["when"],
      { number, operation }: PassingCall,
    ): Promise<Reply | undefined> => {
      if (point?.when !== when || point.number !== number) return undefined;
      kill = `${number} ${operation} ${when} its effect`;
      child.kill("SIGKILL");
      await ended;
      if (when === "before") throw new Error("the process that called is gone");
      return undefined;
    };
    const kills = { before: killAt.bind(undefined, "before"), after: killAt.bind(undefined, "after") };
    return allOf(kills, showLockOlder);
  });
  return { code, signal, log, kill, calls: calls.length };
}

/** Where each job may point when it runs one of these versions. */
function locations(
  lane: Lane,
  versions: readonly (readonly string[])[],
): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    lane.names.map((name, index) => [
      name,
      new Set(versions.map((texts) => locationOf(lane.bucket, index, texts[index] ?? ""))),
    ]),
  );
}
