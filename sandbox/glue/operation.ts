import type { Caller } from "./caller.ts";
import type { CrawlEngine } from "./crawlers/crawl-engine.ts";
import type { JobRunEngine } from "./job-runs/run-engine.ts";
import type { Members } from "./model/parse-input.ts";
import type { AccountState } from "./state/account.ts";
import type { World } from "./world.ts";

/** One call's surroundings. */
export interface CallContext {
  readonly world: World;
  readonly account: AccountState;
  readonly caller: Caller;
  /** The request as it was sent, unknown members included. */
  readonly raw: Members;
  readonly runs: JobRunEngine;
  readonly crawls: CrawlEngine;
}

/** Answers one operation; the service model has validated `input` before. */
type Operation<Input = never> = (context: CallContext, input: Input) => Members | Promise<Members>;

export type OperationTable = Readonly<Record<string, Operation>>;
