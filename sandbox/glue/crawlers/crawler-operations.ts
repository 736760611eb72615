import type {
  BatchGetCrawlersRequest,
  CreateCrawlerRequest,
  DeleteCrawlerRequest,
  GetCrawlerMetricsRequest,
  GetCrawlerRequest,
  GetCrawlersRequest,
  ListCrawlersRequest,
  StartCrawlerRequest,
  StopCrawlerRequest,
  UpdateCrawlerRequest,
} from "@aws-sdk/client-glue";
import { GlueFault, unsupported } from "../fault.ts";
import type { Members } from "../model/parse-input.ts";
import type { CallContext, OperationTable } from "../operation.ts";
import type { AccountState } from "../state/account.ts";
import { paginate } from "../state/paging.ts";
import { matchesTags, resourceArn } from "../tags.ts";
import type { CrawlerRecord } from "./crawler-record.ts";
import { checkCrawler, checkSchedule, completeCrawler } from "./crawler-rules.ts";
import { findCrawler } from "./find-crawler.ts";
import { listCrawls } from "./list-crawls.ts";
import { viewCrawler, viewMetrics } from "./view-crawler.ts";

const DEFAULT_PAGE = 100;

/** The Crawlers API (developer guide, aws-glue-api-crawler-crawling). */
export const crawlerOperations: OperationTable = {
  CreateCrawler: createCrawler,
  GetCrawler: getCrawler,
  GetCrawlers: getCrawlers,
  BatchGetCrawlers: batchGetCrawlers,
  ListCrawlers: listCrawlers,
  UpdateCrawler: updateCrawler,
  DeleteCrawler: deleteCrawler,
  StartCrawler: startCrawler,
  StopCrawler: stopCrawler,
  GetCrawlerMetrics: getCrawlerMetrics,
  ListCrawls: listCrawls,
};

function createCrawler(context: CallContext, input: CreateCrawlerRequest): Members {
  const { account, world, caller } = context;
  const { Tags: tags, Schedule: expression, ...given } = input;
  const name = input.Name ?? "";
  if (account.crawlers.has(name)) {
    throw new GlueFault("AlreadyExistsException", `Crawler with name ${name} already exists`);
  }
  const definition = completeCrawler(given);
  checkCrawler(definition);
  checkSchedule(expression);
  const now = world.clock.stamp();
  account.crawlers.set(name, {
    name,
    caller,
    definition,
    schedule: expression ? { expression, state: "SCHEDULED" } : undefined,
    createdAt: now,
    updatedAt: now,
    version: 1,
    state: "READY",
    active: undefined,
    crawls: [],
    lastCrawl: undefined,
  });
  if (tags) account.tags.set(resourceArn(account, "crawler", name), { ...tags });
  return {};
}

function getCrawler({ account, world }: CallContext, input: GetCrawlerRequest): Members {
  return { Crawler: viewCrawler(findCrawler(account, input.Name), world.clock.now()) };
}

function getCrawlers({ account, world }: CallContext, input: GetCrawlersRequest): Members {
  const page = paginate(inOrder(account), input.NextToken, input.MaxResults ?? DEFAULT_PAGE);
  const now = world.clock.now();
  return { Crawlers: page.items.map((crawler) => viewCrawler(crawler, now)), NextToken: page.nextToken };
}

function batchGetCrawlers({ account, world }: CallContext, input: BatchGetCrawlersRequest): Members {
  const names = input.CrawlerNames ?? [];
  const found = names.map((name) => account.crawlers.get(name)).filter((crawler) => crawler !== undefined);
  return {
    Crawlers: found.map((crawler) => viewCrawler(crawler, world.clock.now())),
    CrawlersNotFound: names.filter((name) => !account.crawlers.has(name)),
  };
}

function listCrawlers({ account }: CallContext, input: ListCrawlersRequest): Members {
  const tagged = inOrder(account).filter(({ name }) => matchesTags(account, "crawler", name, input.Tags));
  const page = paginate(tagged, input.NextToken, input.MaxResults ?? DEFAULT_PAGE);
  return { CrawlerNames: page.items.map(({ name }) => name), NextToken: page.nextToken };
}

/** Unlike UpdateJob, it changes only the members that it is given. */
function updateCrawler({ account, world }: CallContext, input: UpdateCrawlerRequest): Members {
  const crawler = findCrawler(account, input.Name);
  if (crawler.active) throw running(crawler);
  const { Schedule: expression, Name: _name, ...changes } = input;
  const definition = completeCrawler({ ...crawler.definition, ...changes });
  checkCrawler(definition);
  checkSchedule(expression);
  crawler.definition = definition;
  if (expression !== undefined) {
    crawler.schedule = expression === "" ? undefined : { expression, state: "SCHEDULED" };
  }
  crawler.updatedAt = world.clock.stamp();
  crawler.version += 1;
  return {};
}

function deleteCrawler({ account }: CallContext, input: DeleteCrawlerRequest): Members {
  const crawler = findCrawler(account, input.Name);
  if (crawler.active) throw running(crawler);
  account.crawlers.delete(crawler.name);
  account.tags.delete(resourceArn(account, "crawler", crawler.name));
  return {};
}

/** Answers no id; State still reads READY for a moment. */
function startCrawler({ account, crawls }: CallContext, input: StartCrawlerRequest): Members {
  const crawler = findCrawler(account, input.Name);
  if (crawler.active) throw running(crawler);
  const { S3Targets: _s3, ...others } = crawler.definition.Targets ?? {};
  const unread = Object.entries(others).filter(([, targets]) => (targets?.length ?? 0) > 0);
  if (unread.length > 0) throw unsupported(`crawling ${unread.map(([kind]) => kind).join(", ")}`);
  crawls.start(account, crawler);
  return {};
}

function stopCrawler({ account, crawls }: CallContext, input: StopCrawlerRequest): Members {
  const crawler = findCrawler(account, input.Name);
  if (crawler.state === "STOPPING") {
    throw new GlueFault("CrawlerStoppingException", `Crawler with name ${crawler.name} is stopping`);
  }
  if (!crawler.active) {
    throw new GlueFault("CrawlerNotRunningException", `Crawler with name ${crawler.name} isn't running`);
  }
  crawls.stop(crawler);
  return {};
}

function getCrawlerMetrics({ account }: CallContext, input: GetCrawlerMetricsRequest): Members {
  const wanted = input.CrawlerNameList;
  const crawlers = inOrder(account).filter(({ name }) => !wanted?.length || wanted.includes(name));
  const page = paginate(crawlers, input.NextToken, input.MaxResults ?? DEFAULT_PAGE);
  return { CrawlerMetricsList: page.items.map(viewMetrics), NextToken: page.nextToken };
}

function running({ name }: CrawlerRecord): GlueFault {
  return new GlueFault("CrawlerRunningException", `Crawler with name ${name} has already started`);
}

function inOrder(account: AccountState): CrawlerRecord[] {
  return [...account.crawlers.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
