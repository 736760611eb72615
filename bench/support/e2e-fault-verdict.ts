import { GetCrawlerCommand, GetJobRunsCommand, type JobRun, ListCrawlsCommand } from "@aws-sdk/client-glue";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import type { SandboxClients } from "./e2e.ts";
import type { Attempt, FaultyRun } from "./e2e-faulty-run.ts";

/** Everything in which a run broke a promise, in words; empty for a run that kept them all. */
export async function brokenPromises(clients: SandboxClients, run: FaultyRun): Promise<string[]> {
  const broken = run.attempts.flatMap(reportPromises);
  const last = run.attempts.at(-1);
  const green = last?.exitCode === 0;
  const unknown = run.attempts.some(({ log }) => log.includes("can't be told"));
  // an attempt that was killed after it had passed is done anew as a whole
  const anew = run.attempts.some(({ log }) => log.includes("is not picked up: it passed"));
  for (const job of run.pipeline.jobs) {
    const { JobRuns: runs = [] } = await clients.glue.send(new GetJobRunsCommand({ JobName: job }));
    const [newest] = runs;
    if (green && newest?.JobRunState !== "SUCCEEDED")
      broken.push(`green, but ${job} ended ${newest?.JobRunState}`);
    if (!unknown && !anew) broken.push(...duplicates(job, runs));
    const alive = runs.filter(({ JobRunState: state = "" }) => /^(STARTING|RUNNING|WAITING)$/.test(state));
    if (last?.ended !== "killed" && alive.length > 0 && !unknown) broken.push(`${job} was left running`);
  }
  broken.push(...(await crawlPromises(clients, run, { green, anew })));
  const { bucket } = run.pipeline;
  if (green && !(await isThere(clients, bucket, "bronze/")))
    broken.push("green, but the expected object never came");
  if (green && (await isThere(clients, bucket, "landing/old.json")))
    broken.push("green, but landing/ was not emptied");
  const queries =
    last?.report?.steps.flatMap((step) => (step.kind === "query" ? (step.details?.id ?? []) : [])) ?? [];
  if (green && queries.some((id) => last?.cancelled.has(id))) broken.push("green, but a query was cancelled");
  return broken;
}

/** Always a report, unless the process was killed; and the exit code, the result and the steps agree. */
function reportPromises({ ended, exitCode, report, lingered, log }: Attempt, index: number): string[] {
  const name = `attempt ${index + 1} (${ended})`;
  if (ended === "killed") return [];
  if (report === undefined) return [`${name} left no report: ${log.slice(-400)}`];
  const broken: string[] = [];
  if ((exitCode === 0) !== (report.result === "passed"))
    broken.push(`${name}: exit ${exitCode}, but ${report.result}`);
  const bad = report.steps.filter(({ state }) => state !== "passed");
  if (report.result === "passed" && bad.length > 0)
    broken.push(`${name}: passed with ${bad.length} steps that did not`);
  if (report.problems.some(({ code }) => code === "internal-error"))
    broken.push(`${name}: an internal error`);
  if (log.includes("Deserialization error")) broken.push(`${name}: the SDK's own hints`);
  if (ended === "cancelled" && (lingered ?? 0) > 60) broken.push(`${name} took ${lingered} s to end`);
  return broken;
}

/** A second run of a job is right only when the one before had ended without success before the second began. */
function duplicates(job: string, runs: readonly JobRun[]): string[] {
  const byRoot = new Map<string, JobRun[]>();
  for (const run of runs.toReversed()) {
    const root = (run.Id ?? "").replace(/_attempt_\d+$/, "");
    byRoot.set(root, [...(byRoot.get(root) ?? []), run]);
  }
  const chains = [...byRoot.values()];
  return chains.slice(1).flatMap((chain, index) => {
    const before = chains[index]?.at(-1);
    const begun = chain[0]?.StartedOn?.getTime() ?? 0;
    if (before?.JobRunState === "SUCCEEDED") return [`${job} was run again after it had succeeded`];
    return (before?.CompletedOn?.getTime() ?? Number.POSITIVE_INFINITY) > begun
      ? [`${job} was started twice: the first run was ${before?.JobRunState}`]
      : [];
  });
}

async function crawlPromises(
  clients: SandboxClients,
  run: FaultyRun,
  { green, anew }: { readonly green: boolean; readonly anew: boolean },
): Promise<string[]> {
  const { crawler } = run.pipeline;
  const { Crawls: crawls = [] } = await clients.glue.send(new ListCrawlsCommand({ CrawlerName: crawler }));
  const { Crawler } = await clients.glue.send(new GetCrawlerCommand({ Name: crawler }));
  const broken =
    !anew && crawls.slice(1).some(({ State }) => State === "COMPLETED")
      ? ["crawled again after a crawl that succeeded"]
      : [];
  const status = Crawler?.LastCrawl?.Status;
  if (green && status !== "SUCCEEDED") broken.push(`green, but the crawl ended ${status}`);
  if (run.attempts.at(-1)?.ended !== "killed" && Crawler?.State === "RUNNING")
    broken.push("the crawler was left running");
  return broken;
}

async function isThere({ s3 }: SandboxClients, bucket: string, prefix: string): Promise<boolean> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
  return Contents.length > 0;
}
