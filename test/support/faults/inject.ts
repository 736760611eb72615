import { type PassingCall, subjectOf } from "./call.ts";
import { type Dice, happens, pick } from "./dice.ts";
import { type FaultName, faultKinds, kindNamed } from "./kinds.ts";
import type { Faults } from "./proxy.ts";
import type { Reply } from "./reply.ts";

/** An operation that is out of order for a while: from its nth call on, so many calls meet the same fault. */
export interface Outage {
  readonly operation: string;
  readonly kind: FaultName;
  readonly from: number;
  readonly calls: number;
}

export interface FaultPlan {
  readonly dice: Dice;
  /** Share of calls that meet a fault of any kind. */
  readonly share: number;
  readonly outage?: Outage | undefined;
  /** Counts the faults that were made, by kind. */
  readonly counts: Map<string, number>;
}

const weights = Object.fromEntries(
  Object.entries(faultKinds).map(([name, { weight }]) => [name, weight]),
) as Readonly<Record<FaultName, number>>;

/**
 * Faults that the dice alone decide. They are thrown for each call by what it is about and how often that was asked
 * before, not by its turn, so that calls made at the same time meet the same faults when a seed is played again.
 */
export function injectFaults(plan: FaultPlan): Faults {
  const times = new Map<string, number>();
  const struck = new Map<PassingCall, FaultName>();
  const readBefore = new Map<string, Reply>();
  const make = async (call: PassingCall, name: FaultName, reply?: Reply): Promise<Reply | undefined> => {
    const others = [...readBefore].flatMap(([subject, other]) => (subject === call.path ? [] : [other]));
    const answer = await kindNamed(name).answer(call, reply, others);
    if (answer !== undefined) plan.counts.set(name, (plan.counts.get(name) ?? 0) + 1);
    return answer;
  };
  return {
    before: (call) => {
      const name = outageOf(plan, call, times) ?? drawn(plan, call, times);
      if (name === undefined) return undefined;
      if (!kindNamed(name).arrives) return make(call, name);
      struck.set(call, name);
      return undefined;
    },
    after: async (call, reply) => {
      const name = struck.get(call);
      struck.delete(call);
      const answer = name === undefined ? undefined : await make(call, name, reply);
      if (call.operation === "s3:GetObject" && reply.status === 200) readBefore.set(call.path, reply);
      return answer;
    },
  };
}

function drawn(plan: FaultPlan, call: PassingCall, times: Map<string, number>): FaultName | undefined {
  const about = `${call.operation} ${subjectOf(call)}`;
  const throwOf = `${about} ${count(times, about)}`;
  if (!happens(plan.dice, `${throwOf}: whether`, plan.share)) return undefined;
  const name = pick(plan.dice, `${throwOf}: kind`, weights);
  return kindNamed(name).befalls?.(call) === false ? undefined : name;
}

function outageOf(
  { outage }: FaultPlan,
  call: PassingCall,
  times: Map<string, number>,
): FaultName | undefined {
  if (call.operation !== outage?.operation) return undefined;
  const number = count(times, `outage of ${call.operation}`);
  return number >= outage.from && number < outage.from + outage.calls ? outage.kind : undefined;
}

/** 1 the first time. */
function count(times: Map<string, number>, what: string): number {
  const number = (times.get(what) ?? 0) + 1;
  times.set(what, number);
  return number;
}
