import type { Command } from "./command.ts";
import { deploy, plan, rollback } from "./commands/deploy.ts";
import { e2e } from "./commands/e2e.ts";
import { init } from "./commands/init.ts";
import { policy } from "./commands/policy.ts";
import { releasesDiff, releasesList, releasesPrune } from "./commands/releases.ts";
import { fix, validate } from "./commands/validate.ts";

/** Every command, in the order in which a newcomer meets them. */
export const commands: readonly Command[] = [
  init,
  validate,
  fix,
  plan,
  deploy,
  rollback,
  releasesList,
  releasesDiff,
  releasesPrune,
  e2e,
  policy,
];
