import type { Sandbox } from "../../../sandbox/start.ts";
import { newestId, overwrittenKeys } from "../kill-points/inspect.ts";
import { type Lane, locationOf, openLane } from "../kill-points/lane.ts";
import { runThrough } from "../run-through.ts";
import { brokenByFaulty, brokenByNext, type FaultyDeploy, type Locations } from "./deploy-verdict.ts";
import { type Dice, diceOf, happens, pick } from "./dice.ts";
import { injectFaults, type Outage } from "./inject.ts";
import { type FaultName, faultKinds } from "./kinds.ts";
import { showLockOlder } from "./lock-age.ts";
import { allOf, type Faults } from "./proxy.ts";
import { drawSurroundings } from "./surroundings.ts";

/** What a round came to. */
export interface DeployRoundReport {
  readonly round: number;
  /** `rollback red`: what was asked for, and how it ended. */
  readonly ended: string;
  /** Faults that were made, by kind. */
  readonly faults: ReadonlyMap<string, number>;
  readonly problems: readonly string[];
  readonly log: string;
}

const modes = { deploy: 5, prune: 2, rollback: 2, "two at once": 2 } as const;
/** Releases before the run among faults: with one release kept, and two a job, the oldest of three goes. */
const releases = { deploy: 1, prune: 2, rollback: 1, "two at once": 1 } as const;
const shares = { "0": 2, "0.03": 3, "0.12": 4, "0.35": 2 } as const;
const outageShare = 0.35;
const outages = {
  "glue:UpdateJob": 5,
  "glue:GetJob": 2,
  "glue:BatchGetJobs": 2,
  "s3:PutObject": 4,
  "s3:GetObject": 2,
  "s3:HeadObject": 1,
  "s3:ListObjectsV2": 2,
  "s3:DeleteObjects": 1,
} as const;
const outageCalls = { "2": 2, "8": 3, "30": 2, "1000": 2 } as const;

const jobs = 5;

/**
 * One run of deploy-glue among faults, or two at once, on jobs of its own with a history, then one that nobody disturbs.
 * The process environment must lead to the sandbox.
 */
export async function playDeployRound(
  sandbox: Sandbox,
  { seed, round }: { readonly seed: number; readonly round: number },
): Promise<DeployRoundReport> {
  const lane = await openLane(sandbox, `${seed}-${round}-${crypto.randomUUID().slice(0, 8)}`, jobs);
  try {
    return await playOn(lane, diceOf(seed, round), round);
  } finally {
    await lane.close();
  }
}

async function playOn(lane: Lane, dice: Dice, round: number): Promise<DeployRoundReport> {
  const mode = pick(dice, "mode", modes);
  const history = await makeHistory(lane, dice, releases[mode]);
  const texts = textsOf(lane, dice, "faulty", history.texts);
  await lane.write(texts);
  const before = await newestId(lane);
  const goal = mode === "rollback" ? history.previous : locationsOf(lane, texts);
  const faults = new Map<string, number>();
  const runs = await Promise.all(
    (mode === "two at once" ? ["first", "second"] : ["first"]).map(async (runId): Promise<FaultyDeploy> => {
      const made = faultsOf((what, sides) => dice(`${runId}: ${what}`, sides), faults);
      return { ...(await runThrough(lane, runId, () => made, inputs[mode])), runId };
    }),
  );
  const broken = await brokenByFaulty(lane, { runs, before, standing: history.standing, goal });
  const after = dice("next", 2) === 0 ? texts : textsOf(lane, dice, "next", texts);
  await lane.write(after);
  const next = await runThrough(lane, "next", () => showLockOlder);
  const brokenNext = await brokenByNext(lane, { run: next, before, goal: locationsOf(lane, after) });
  const overwritten = await overwrittenKeys(lane, mode === "prune");
  return {
    round,
    ended: `${mode} ${runs.map(({ code }) => (code === 0 ? "green" : "red")).join(", ")}`,
    faults,
    problems: [...broken, ...brokenNext, ...overwritten.map((key) => `${key} was overwritten or deleted`)],
    log: [...runs.map(({ log, calls }) => `${log}\n(${calls.length} calls)`), `next: ${next.log}`].join(
      "\n----\n",
    ),
  };
}

/** Where each job points, and where it would after a rollback. */
interface History {
  readonly texts: readonly string[];
  readonly standing: Locations;
  readonly previous: Locations;
}

/** Releases that nobody disturbs. */
async function makeHistory(lane: Lane, dice: Dice, count: number): Promise<History> {
  const old = new Map(lane.names.map((name) => [name, `s3://${lane.bucket}/old.py`]));
  let history: History = { texts: lane.names.map(() => ""), standing: old, previous: old };
  for (let release = 1; release <= count; release += 1) {
    const texts = lane.names.map((_, index) => textOf(dice, `release ${release}`, index));
    await lane.write(texts);
    const { code, log } = await runThrough(lane, `release-${release}`);
    if (code !== 0) throw new Error(`a release that nobody disturbs failed:\n${log}`);
    history = { texts, standing: locationsOf(lane, texts), previous: history.standing };
  }
  return history;
}

const inputs: Readonly<Record<keyof typeof modes, Readonly<Record<string, string>>>> = {
  deploy: {},
  prune: { "INPUT_KEEP-RELEASES": "1" },
  rollback: { INPUT_MODE: "rollback", "INPUT_ROLLBACK-TO": "previous" },
  "two at once": {},
};

/** All that befalls one run, nearest to the client first. */
function faultsOf(dice: Dice, counts: Map<string, number>): Faults {
  const share = Number(pick(dice, "share", shares));
  const outage = happens(dice, "outage", outageShare) ? outageOf(dice) : undefined;
  if (outage !== undefined) counts.set("outage", (counts.get("outage") ?? 0) + 1);
  return allOf(injectFaults({ dice, share, outage, counts }), ...drawSurroundings(dice, counts));
}

function outageOf(dice: Dice): Outage {
  const kinds = Object.fromEntries(Object.keys(faultKinds).map((name) => [name, 1])) as Record<FaultName, 1>;
  return {
    operation: pick(dice, "outage of", outages),
    kind: pick(dice, "outage by", kinds),
    from: 1 + dice("outage from", 12),
    calls: Number(pick(dice, "outage calls", outageCalls)),
  };
}

/** New scripts: all, or some of them. */
function textsOf(lane: Lane, dice: Dice, which: string, texts: readonly string[]): readonly string[] {
  const all = dice(`${which}: all`, 3) > 0;
  return lane.names.map((_, index) =>
    all || dice(`${which}: ${index}`, 2) === 0 ? textOf(dice, which, index) : (texts[index] ?? ""),
  );
}

function textOf(dice: Dice, which: string, index: number): string {
  return `print(${index}, ${dice(`${which}: text ${index}`, 1e9)})\n`;
}

function locationsOf(lane: Lane, texts: readonly string[]): Locations {
  return new Map(lane.names.map((name, index) => [name, locationOf(lane.bucket, index, texts[index] ?? "")]));
}
