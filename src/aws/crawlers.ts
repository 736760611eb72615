import {
  type CrawlerTargets,
  GetCrawlerCommand,
  type GlueClient,
  type LastCrawlInfo,
  StartCrawlerCommand,
  StopCrawlerCommand,
} from "@aws-sdk/client-glue";
import { within } from "../base/deadline.ts";
import { ToolkitError } from "../base/errors.ts";
import { retry } from "../base/retry.ts";
import { type PollPace, waitFor } from "../base/wait.ts";
import { awsCall, isAwsError, isNotFound, isThrottled, mustLookAgain } from "./errors.ts";
import type { AwsCall } from "./facts.ts";
import { type Patience, readAgain } from "./read-again.ts";
import { sendOptions } from "./send-options.ts";

/** A crawler's state and its last crawl, as GetCrawler tells them. */
export interface CrawlerView {
  /** READY, RUNNING or STOPPING. */
  readonly state: string;
  readonly lastCrawl: CrawlView | undefined;
  /** S3 paths that it reads. */
  readonly targets: readonly string[];
}

export interface CrawlView {
  /** The database that the crawler writes to. */
  readonly database?: string | undefined;
  /** S3 paths that the crawler reads; undefined where it reads anything else too. */
  readonly folders?: readonly string[] | undefined;
  /** The crawl's id, which its log lines begin with (service model, LastCrawlInfo.MessagePrefix). */
  readonly id?: string | undefined;
  /** SUCCEEDED, CANCELLED or FAILED. */
  readonly status: string;
  readonly startedOn: Date | undefined;
  readonly error: string | undefined;
  readonly logGroup: string | undefined;
  readonly logStream: string | undefined;
}

export interface CrawlOptions extends Patience {
  readonly glue: GlueClient;
  /** A client that sends each call once. */
  readonly glueOnce: GlueClient;
  readonly crawler: string;
  /** Milliseconds from the call to the end of the crawl. */
  readonly timeout: number;
  readonly pace?: PollPace;
  readonly onState: (state: string) => void;
  /** Awaited before each start, with the time at which the last crawl began; null when there was none. */
  readonly beforeStart?: (lastBefore: Date | null) => Promise<void>;
  /** Told as soon as a crawl was started by this call. */
  readonly onStarted: () => void;
}

/**
 * Runs a crawler and waits for the crawl that this call started. A crawl that is already under way may predate
 * the data, so it is waited for and another one started. Starts return no id: the crawl is over when the crawler is
 * READY and its last crawl began later than the one before.
 * @returns the crawl, whatever its status
 * @throws ToolkitError `wait-timed-out`, `unknown-state`, and AWS errors
 */
export async function crawl(options: CrawlOptions): Promise<CrawlView> {
  const deadline = options.clock.now() + options.timeout;
  for (;;) {
    const before = await waitUntilReady(options, deadline);
    await options.beforeStart?.(before.lastCrawl?.startedOn ?? null);
    options.signal.throwIfAborted();
    if (await start(options, before.lastCrawl?.startedOn)) {
      options.onStarted();
      return await waitForNewCrawl(options, before.lastCrawl?.startedOn, deadline);
    }
    options.onState("RUNNING (started by somebody else)");
    // The state may read READY for a moment although a crawl has begun: don't knock without a pause.
    await options.clock.sleep(1_000, options.signal);
  }
}

/**
 * Goes on with a crawl that an earlier process was about to start when it had seen `lastBefore`: any crawl that began
 * later began after the data was there. Where there is none it is started now.
 * @returns the crawl; undefined when it ended unsuccessfully before this call
 * @throws ToolkitError as `crawl`
 */
export async function crawlOn(
  options: CrawlOptions,
  lastBefore: Date | undefined,
): Promise<CrawlView | undefined> {
  const deadline = options.clock.now() + options.timeout;
  const { state, lastCrawl } = await readExisting(options);
  if (state === "READY" && isLater(lastCrawl, lastBefore)) {
    return lastCrawl.status === "SUCCEEDED" ? lastCrawl : undefined;
  }
  // Refused, it is running: its state may go on reading READY for a moment.
  if (state === "READY") await start(options, lastBefore);
  options.onStarted();
  return waitForNewCrawl(options, lastBefore, deadline);
}

/**
 * A crawler's state; undefined when there is no such crawler.
 * @throws ToolkitError for every other failure
 */
export async function getCrawler(
  glue: GlueClient,
  crawler: string,
  patience: Patience,
): Promise<CrawlerView | undefined> {
  try {
    const answer = await readAgain(callOn("GetCrawler", crawler), patience, () =>
      glue.send(new GetCrawlerCommand({ Name: crawler }), { abortSignal: patience.signal }),
    );
    const { State: state = "", LastCrawl: last, Targets, DatabaseName } = answer.Crawler ?? {};
    const targets = (Targets?.S3Targets ?? []).flatMap(({ Path }) => Path ?? []);
    return { state, lastCrawl: last && viewCrawl(last, DatabaseName, foldersOf(Targets)), targets };
  } catch (thrown) {
    if (isNotFound(thrown)) return undefined;
    throw thrown;
  }
}

/**
 * Asks a crawl to stop; a crawler that isn't running any more is no error.
 * @throws ToolkitError
 */
export async function stopCrawl(glue: GlueClient, crawler: string, signal?: AbortSignal): Promise<void> {
  try {
    await awsCall(callOn("StopCrawler", crawler), () =>
      glue.send(new StopCrawlerCommand({ Name: crawler }), sendOptions(signal)),
    );
  } catch (thrown) {
    if (!isAwsError(thrown, "CrawlerNotRunningException", "CrawlerStoppingException")) throw thrown;
  }
}

/** Names of errors after which nothing had been sent. */
const unsent = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"];

/** How long the fate of a start whose answer got lost is looked into, in milliseconds. */
const reconciling = 60_000;

/** Pauses between looks for a crawl whose start was not answered. */
const looks = [500, 1_000, 2_000];

/**
 * Starts a crawl once. StartCrawler has no idempotency token (service model), so after a lost or broken answer the
 * crawler tells whether it worked before anything is sent again.
 * @param before when the last crawl before this one began
 * @returns false when a crawl of somebody else's is under way
 */
async function start(options: CrawlOptions, before: Date | undefined): Promise<boolean> {
  let open = false;
  const send = async (): Promise<boolean> => {
    try {
      await options.glueOnce.send(new StartCrawlerCommand({ Name: options.crawler }));
      return true;
    } catch (thrown) {
      // refused after an open start, it is that start's crawl which is running
      if (isAwsError(thrown, "CrawlerRunningException")) return open;
      if (!mustLookAgain(thrown) || isThrottled(thrown)) throw thrown;
      open = true;
      if (await hasBegun(options, before)) return true;
      throw thrown;
    }
  };
  return awsCall(callOn("StartCrawler", options.crawler), () =>
    retry(send, {
      clock: options.clock,
      signal: options.signal,
      retryable: (thrown) => mustLookAgain(thrown) || isAwsError(thrown, ...unsent),
    }),
  );
}

/** Whether a crawl began after the one before. Not cancellable: what was started must be known, so that it can be stopped. */
function hasBegun(options: CrawlOptions, before: Date | undefined): Promise<boolean> {
  const limit = { what: `the look for a crawl of ${options.crawler}`, milliseconds: reconciling };
  return within(options.clock, limit, async (signal) => {
    for (const pause of looks) {
      await options.clock.sleep(pause, signal);
      const { state, lastCrawl } = await readExisting({ ...options, signal });
      if (state !== "READY" || isLater(lastCrawl, before)) return true;
    }
    return false;
  });
}

function waitUntilReady(options: CrawlOptions, deadline: number): Promise<CrawlerView> {
  return waitFor<CrawlerView>({
    ...waiting(options, deadline),
    what: `crawler ${options.crawler}, which was running already,`,
    state: ({ state }) => state,
    pending: new Set(["RUNNING", "STOPPING"]),
    target: new Set(["READY"]),
  });
}

async function waitForNewCrawl(
  options: CrawlOptions,
  before: Date | undefined,
  deadline: number,
): Promise<CrawlView> {
  const view = await waitFor<CrawlerView>({
    ...waiting(options, deadline),
    what: `crawler ${options.crawler}`,
    state: ({ state, lastCrawl }) =>
      state === "READY" ? (isLater(lastCrawl, before) ? "DONE" : "STARTING") : state,
    pending: new Set(["STARTING", "RUNNING", "STOPPING"]),
    target: new Set(["DONE"]),
    onState: (state) => options.onState(state),
  });
  return view.lastCrawl ?? viewCrawl({});
}

function isLater(crawl: CrawlView | undefined, before: Date | undefined): crawl is CrawlView {
  return crawl?.startedOn !== undefined && crawl.startedOn.getTime() > (before?.getTime() ?? 0);
}

function waiting(options: CrawlOptions, deadline: number) {
  return {
    read: () => readExisting(options),
    timeout: deadline - options.clock.now(),
    clock: options.clock,
    signal: options.signal,
    ...(options.pace === undefined ? {} : { pace: options.pace }),
  };
}

async function readExisting(options: CrawlOptions): Promise<CrawlerView> {
  const view = await getCrawler(options.glue, options.crawler, options);
  if (view !== undefined) return view;
  throw new ToolkitError({
    code: "crawler-missing",
    message: `there is no crawler ${options.crawler}`,
    remedy: "Check the crawler's name in the manifest, and whether somebody deleted it during the run.",
    source: "user",
  });
}

/** The S3 paths of a crawler that reads nothing else. */
function foldersOf(targets: CrawlerTargets | undefined): readonly string[] | undefined {
  const { S3Targets: folders = [], ...others } = targets ?? {};
  if (folders.length === 0 || Object.values(others).some((list) => (list?.length ?? 0) > 0)) return undefined;
  return folders.flatMap(({ Path }) => Path ?? []);
}

function viewCrawl(last: LastCrawlInfo, database?: string, folders?: readonly string[]): CrawlView {
  return {
    ...(database === undefined ? {} : { database }),
    ...(folders === undefined ? {} : { folders }),
    ...(last.MessagePrefix === undefined ? {} : { id: last.MessagePrefix }),
    status: last.Status ?? "UNKNOWN",
    startedOn: last.StartTime,
    error: last.ErrorMessage,
    logGroup: last.LogGroup,
    logStream: last.LogStream,
  };
}

function callOn(operation: string, crawler: string): AwsCall {
  return { service: "glue", operation, resource: `crawler ${crawler}` };
}
