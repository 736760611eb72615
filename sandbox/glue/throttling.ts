import { GlueFault } from "./fault.ts";

/** A failure to inject; what it matches and how often is a rule's, what the client sees is its fault's. */
interface ThrottleRule {
  /** An operation's name, or "*". */
  readonly operation: string;
  /** Calls a second that pass; those above it fail. */
  readonly rate?: number | undefined;
  /** The share of calls that fail, 0 to 1, drawn from `seed`. */
  readonly share?: number | undefined;
  readonly seed?: number | undefined;
  /** The next n matching calls fail, or with share or rate: at most n fail. */
  readonly count?: number | undefined;
  readonly code: string;
  readonly status: number;
  readonly message: string;
  /** The effect happens and the answer is lost; otherwise the call fails before any effect. */
  readonly after: boolean;
}

/** Decides per call whether it fails. */
export interface Throttling {
  add(rule: ThrottleRule): void;
  clear(operation: string): void;
  /** The fault to answer this call with, and when; undefined lets it through. */
  decide(operation: string): { readonly fault: GlueFault; readonly after: boolean } | undefined;
}

interface ActiveRule {
  readonly rule: ThrottleRule;
  readonly random: () => number;
  left: number;
  tokens: number;
  refilledAt: number;
}

export function createThrottling(now: () => number): Throttling {
  let active: ActiveRule[] = [];
  return {
    add(rule) {
      const left = rule.count ?? Number.POSITIVE_INFINITY;
      active.push({
        rule,
        random: seededRandom(rule.seed ?? 1),
        left,
        tokens: rule.rate ?? 0,
        refilledAt: now(),
      });
    },
    clear(operation) {
      active = operation === "*" ? [] : active.filter(({ rule }) => rule.operation !== operation);
    },
    decide(operation) {
      const hit = active
        .filter(({ rule, left }) => left > 0 && (rule.operation === "*" || rule.operation === operation))
        .find((candidate) => fails(candidate, now()));
      if (!hit) return undefined;
      hit.left -= 1;
      const { code, message, status, after } = hit.rule;
      return { fault: new GlueFault(code, message, status), after };
    },
  };
}

function fails(active: ActiveRule, now: number): boolean {
  const { rate, share } = active.rule;
  if (rate !== undefined) return !takeToken(active, rate, now);
  return share === undefined || active.random() < share;
}

function takeToken(active: ActiveRule, rate: number, now: number): boolean {
  const capacity = Math.max(rate, 1);
  active.tokens = Math.min(capacity, active.tokens + ((now - active.refilledAt) / 1000) * rate);
  active.refilledAt = now;
  if (active.tokens < 1) return false;
  active.tokens -= 1;
  return true;
}

/** mulberry32: small, and the same sequence for the same seed everywhere. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
