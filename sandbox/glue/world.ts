import type { Caller } from "./caller.ts";
import type { GlueApiOptions } from "./contract.ts";
import type { AccountState } from "./state/account.ts";
import type { Clock } from "./state/clock.ts";
import type { Timing } from "./state/timing.ts";
import type { Upstream } from "./upstream.ts";

/** What every part of the sandbox's Glue shares. */
export interface World {
  readonly options: GlueApiOptions;
  readonly clock: Clock;
  readonly timing: Timing;
  readonly accountOf: (caller: Caller) => AccountState;
  /** Clients of the services behind the front, as the caller's account. */
  readonly upstream: (caller: Caller) => Upstream;
}
