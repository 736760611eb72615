import type {
  StartCrawlerScheduleRequest,
  StopCrawlerScheduleRequest,
  UpdateCrawlerScheduleRequest,
} from "@aws-sdk/client-glue";
import { GlueFault } from "../fault.ts";
import type { Members } from "../model/parse-input.ts";
import type { CallContext, OperationTable } from "../operation.ts";
import { checkSchedule } from "./crawler-rules.ts";
import { findCrawler } from "./find-crawler.ts";

/** Schedules are kept and shown; the sandbox starts no crawl by the clock (aws-glue-api-crawler-scheduler). */
export const scheduleOperations: OperationTable = {
  UpdateCrawlerSchedule: updateSchedule,
  StartCrawlerSchedule: startSchedule,
  StopCrawlerSchedule: stopSchedule,
};

function updateSchedule({ account }: CallContext, input: UpdateCrawlerScheduleRequest): Members {
  const crawler = findCrawler(account, input.CrawlerName);
  checkSchedule(input.Schedule);
  crawler.schedule = input.Schedule ? { expression: input.Schedule, state: "SCHEDULED" } : undefined;
  return {};
}

function startSchedule({ account }: CallContext, input: StartCrawlerScheduleRequest): Members {
  const { schedule, name } = findCrawler(account, input.CrawlerName);
  if (!schedule) throw new GlueFault("NoScheduleException", `Crawler ${name} has no schedule`);
  if (schedule.state === "SCHEDULED") {
    throw new GlueFault("SchedulerRunningException", `The schedule of crawler ${name} is already running`);
  }
  schedule.state = "SCHEDULED";
  return {};
}

function stopSchedule({ account }: CallContext, input: StopCrawlerScheduleRequest): Members {
  const { schedule, name } = findCrawler(account, input.CrawlerName);
  if (schedule?.state !== "SCHEDULED") {
    throw new GlueFault("SchedulerNotRunningException", `The schedule of crawler ${name} is not running`);
  }
  schedule.state = "NOT_SCHEDULED";
  return {};
}
