import type { Clock } from "../base/clock.ts";

/** Keeps calls of one operation at the rate that its service lets through. */
export interface Pacer {
  /** Resolves when a call may be sent; at once as long as nothing was ever throttled. Rejects when aborted. */
  turn(signal?: AbortSignal): Promise<void>;
  /** To be told of every answer; `sentAt` is the clock's time at which the call was sent. */
  answered(throttled: boolean, sentAt: number): void;
  /** Calls a second; infinite until the first throttled answer. */
  readonly rate: number;
}

/** A rate to begin with once something was throttled; it is learned within a second or two, up or down. */
const firstGuess = 10;
const leastRate = 0.5;
/** The rate is looked at again after so many answers and milliseconds, whichever comes later. */
const windowAnswers = 20;
const windowMilliseconds = 1_000;
/** Turns that may be caught up when callers were late for them. */
const burst = 2;
/** The share of throttled answers that shows the limit is being used in full. */
const wantedShare = 0.1;
/** How much more must pass after a raise by a half for throttling to be held independent of the rate. */
const leastGain = 1.15;
const mostIgnored = 0.5;

/**
 * A pacer that learns from throttled answers alone, for AWS publishes no rates of these calls. A service that throttles
 * lets through what its limit allows, so the calls that passed in a while are the limit: the rate is set a little above
 * them when more than a tenth was throttled, and grows, faster and faster, while nothing is. Where cutting the rate
 * doesn't help, because calls are throttled whatever it is, it is raised for as long as more passes.
 */
export function createPacer(clock: Clock): Pacer {
  let rate = Number.POSITIVE_INFINITY;
  let nextTurn = 0;
  const recent = createRecent(clock);
  const course = createCourse();
  let window = { startedAt: 0, passed: 0, throttled: 0 };
  const begin = (next: number, now: number): void => {
    rate = Math.max(leastRate, next);
    window = { startedAt: now, passed: 0, throttled: 0 };
  };
  return {
    get rate() {
      return rate;
    },
    async turn(signal) {
      if (!Number.isFinite(rate)) return;
      const now = clock.now();
      const turn = Math.max(nextTurn, now - (burst * 1_000) / rate);
      nextTurn = turn + 1_000 / rate;
      if (turn > now) await clock.sleep(turn - now, signal);
    },
    answered(throttled, sentAt) {
      const now = clock.now();
      if (!Number.isFinite(rate)) {
        if (!throttled) return recent.add(now);
        nextTurn = now + 1_000 / Math.max(firstGuess, recent.count());
        return begin(Math.max(firstGuess, recent.count()), now);
      }
      // sent at the rate before, it says nothing of this one
      if (sentAt < window.startedAt) return;
      window[throttled ? "throttled" : "passed"] += 1;
      const { passed, startedAt } = window;
      const elapsed = sentAt - startedAt;
      if (passed + window.throttled < windowAnswers || elapsed < windowMilliseconds) return;
      begin(course.next(rate, { passed: (passed * 1_000) / elapsed, share: shareOf(window), elapsed }), now);
    },
  };
}

/** What was seen of a rate: calls a second that passed, and the share that was throttled. */
interface Seen {
  readonly passed: number;
  readonly share: number;
  /** Milliseconds. */
  readonly elapsed: number;
}

/** Chooses the next rate from what was seen of the last one. */
function createCourse(): { next(rate: number, seen: Seen): number } {
  /** Windows of a second, or longer ones counted as several, in which nothing was throttled. */
  let clean = 0;
  let lately: readonly number[] = [];
  let cut: { readonly rate: number; readonly share: number } | undefined;
  /** What passed before the rate was last raised although calls are throttled; undefined while throttling is heeded. */
  let ignoring: { readonly passed: number } | undefined;
  return {
    next(rate, { passed, share, elapsed }) {
      lately = [...lately.slice(-2), passed];
      const pays = ignoring !== undefined && passed > ignoring.passed * leastGain;
      if (pays && share > wantedShare && share < mostIgnored) {
        ignoring = { passed };
        return rate * 1.5;
      }
      ignoring = undefined;
      if (share > wantedShare) {
        clean = 0;
        // a cut that was right leaves about the wanted share
        const inVain = cut !== undefined && cut.share > wantedShare * 2 && share > cut.share * 0.6;
        const before = cut;
        cut = inVain ? undefined : { rate, share };
        if (inVain) ignoring = { passed };
        return inVain && before !== undefined
          ? before.rate * 1.5
          : Math.min(Math.max(...lately) * (1 + wantedShare), rate);
      }
      cut = undefined;
      if (share > 0 || passed < rate * 0.7) return rate;
      clean += Math.max(1, elapsed / windowMilliseconds);
      return rate * Math.min(2, 1 + 0.05 * clean);
    },
  };
}

function shareOf({ passed, throttled }: { readonly passed: number; readonly throttled: number }): number {
  return throttled / Math.max(1, passed + throttled);
}

/** Counts what happened within the last second. */
function createRecent(clock: Clock): { add(at: number): void; count(): number } {
  let times: number[] = [];
  const fresh = (): number[] => times.filter((at) => at > clock.now() - 1_000);
  return {
    add(at) {
      times.push(at);
      if (times.length > 4_096) times = fresh();
    },
    count: () => fresh().length,
  };
}
