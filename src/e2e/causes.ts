import { plainText } from "../base/plain-text.ts";
import { athenaCauses } from "./causes/athena.ts";
import { crawlerCauses } from "./causes/crawler.ts";
import { glueCauses } from "./causes/glue.ts";
import { pythonCauses } from "./causes/python.ts";
import { serviceCauses } from "./causes/services.ts";
import { sparkCauses } from "./causes/spark.ts";
import { ownCauses } from "./own-causes.ts";
import type { Problem } from "./result.ts";

const didYouMean = "; did you mean {nearest}?";

/** What is said about a cause; `{name}` stands for a fact. */
export interface CauseText {
  readonly message: string;
  readonly remedy: string;
  /** Added to the message when all facts that it names are known. */
  readonly hint?: string;
}

/** Every cause that a run can name, in English; reports translate by code. */
export const causes = {
  ...ownCauses,
  ...pythonCauses,
  ...glueCauses,
  ...serviceCauses,
  ...sparkCauses,
  ...athenaCauses,
  ...crawlerCauses,
  // preflight
  "bucket-missing": {
    message: "bucket {bucket} does not exist",
    hint: didYouMean,
    remedy: "Mend the bucket's name in the manifest. The toolkit never creates buckets.",
  },
  "job-missing": {
    message: "Glue job {job} does not exist",
    hint: didYouMean,
    remedy: "Mend the job's name in the manifest. The toolkit never creates jobs.",
  },
  "crawler-missing": {
    message: "crawler {crawler} does not exist",
    hint: didYouMean,
    remedy: "Mend the crawler's name in the manifest. The toolkit never creates crawlers.",
  },
  "job-unknown": {
    message: '"{job}" is not a job of the manifest',
    hint: didYouMean,
    remedy: "Name the key of a job under jobs.",
  },
  "database-missing": {
    message: "catalog database {database} does not exist",
    hint: didYouMean,
    remedy:
      "Mend e2e.athena.database in the manifest, or create the database where your infrastructure is made.",
  },
  "workgroup-missing": {
    message: "Athena workgroup {workgroup} does not exist",
    hint: didYouMean,
    remedy: "Mend e2e.athena.workgroup in the manifest.",
  },
  "workgroup-disabled": {
    message: "Athena workgroup {workgroup} is disabled",
    remedy: "Enable the workgroup, or name another one.",
  },
  "no-query-output": {
    message: "neither the manifest nor Athena workgroup {workgroup} says where query results go",
    remedy: "Set e2e.athena.output to an s3:// folder.",
  },
  "input-missing": {
    message: "step {step} uploads {file}, which is not a file of this repository",
    remedy: "Commit the file, or mend its path in the manifest.",
  },
  "confirm-clean": {
    message: 'cleaning {environment} was not confirmed (confirm-clean is "{given}")',
    remedy: "Set confirm-clean to {environment}, the environment's name, or set skip-clean.",
  },
  "clean-misses-output": {
    message:
      "step {step} expects objects below {uri}, which nothing in clean empties: old data survives there",
    remedy: "Add {uri} to e2e.clean, or make sure that old objects there do no harm.",
  },
  "check-not-allowed": {
    message: "whether {resource} exists could not be checked: access denied",
    remedy: "Allow the check in the role's policy, so that a wrong name is found before anything is deleted.",
  },
  "not-allowed": {
    message: "the run needs {action} on {resource}, and the caller may not: access denied",
    remedy: "Allow {action} there in the role's policy (docs/permissions.md has the whole of it).",
  },
  "job-active": {
    message: "job {job} has a run under way that is not this one's: {run} is {state}",
    remedy: "Wait until it has ended, or stop it; then start again.",
  },
  "clean-misses-crawled": {
    message:
      "crawler {crawler} of step {step} reads {uri}, which nothing in clean empties: old data survives there",
    remedy: "Add {uri} to e2e.clean, or make sure that old objects there do no harm.",
  },
  "release-missing": {
    message: "release {release} is not an applied release of {environment}",
    remedy: "Deploy it first, or name a release id from the ledger.",
  },
  "release-mismatch": {
    message: "job {job} does not run release {release}: it points at {location}, the release at {expected}",
    remedy: "Deploy the release again, or roll back to it, before this run.",
  },
  // clean
  "no-bookmark": {
    message: "job {job} has no bookmark to reset",
    remedy: "Nothing to do, unless the job is meant to keep a bookmark: then it never committed one.",
  },
  // budgets
  "dpu-budget-exceeded": {
    message: "the jobs used {used} DPU-seconds; max-dpu-seconds allows {max}",
    remedy: "Find out which job grew in the report, or raise max-dpu-seconds.",
  },
  "scan-budget-exceeded": {
    message: "the queries scanned {used} MB; max-scan-mb allows {max}",
    remedy: "Let the queries read fewer partitions or columns, or raise max-scan-mb.",
  },
  "usage-unknown": {
    message: "what these steps used can't be told, so max-dpu-seconds leaves it out: {steps}",
    remedy: "Look the runs up in the Glue console.",
  },
  // steps
  "object-not-found": {
    message: "no object matching {uri} newer than {since} appeared within {limit}",
    remedy:
      "Look at the log of what should write it (a Lambda function's trigger and errors), or raise the timeout.",
  },
  "crawl-failed": {
    message: "the crawl of {crawler} ended {status}: {error}",
    remedy: "Read the crawler's log ({log}).",
  },
  "crawl-cancelled": {
    message: "somebody stopped the crawl of {crawler}",
    remedy: "Run the pipeline again when nobody else uses the crawler.",
  },
  "query-failed": {
    message: "the query ended {state}: {error}",
    remedy: "None of the known causes fits; no more than this is known.",
  },
  "query-cancelled": {
    message: "somebody cancelled the query, or its workgroup's limit did: {error}",
    remedy: "Look at the workgroup's scan limit, and run the pipeline again.",
  },
  "expectation-failed": {
    message: "expected {expected}, got {actual}",
    remedy: "Look at the rows in the report: the data is not what the query asserts.",
  },
  // jobs
  "stale-script": {
    message:
      "the run executed another version than the job points at: the error names {file}, line {line}, but the job's script is {location} with {lines} lines",
    remedy:
      "Deploy with deploy-glue, which writes each version under its own key, so that no old copy can be served.",
  },
  "orphan-code": {
    message:
      "orphan code after job.commit(): the script is whole up to the commit on line {commitLine}; {count} lines follow, and line {line} does not compile ({error})",
    hint: "; lines {repeatedFrom}–{repeatedTo} repeat lines {originalFrom}–{originalTo}",
    remedy: "Delete lines {from}–{to} of {script}, run validate-glue on it, and deploy.",
  },
  "code-after-commit": {
    message: "line {line} failed, which stands after the last job.commit() on line {commitLine}: {error}",
    hint: "; lines {repeatedFrom}–{repeatedTo} repeat lines {originalFrom}–{originalTo}",
    remedy:
      "Delete what was left over between lines {from} and {to} of {script}, or move it before the commit; validate-glue tells which lines.",
  },
  "syntax-error": {
    message: "{script} does not compile: {error}",
    remedy: "Correct {script}, run validate-glue on it, and deploy.",
  },
  "run-timed-out": {
    message: "the run passed the job's own timeout",
    remedy: "Raise the job's Timeout if this is its normal time; otherwise look for what it waits for.",
  },
  "run-stopped": {
    message: "somebody stopped the run",
    remedy: "Run the pipeline again when nobody else uses the job.",
  },
  "run-failed": {
    message: "the run ended {state}: {error}",
    remedy: "None of the known causes fits; no more than this is known.",
  },
} as const satisfies Record<string, CauseText>;

export type CauseCode = keyof typeof causes;

export type Facts = Readonly<Record<string, string>>;

/** A text with its facts filled in. */
export function fill(text: string, facts: Facts): string {
  return text.replaceAll(placeholder, (whole, name: string) => facts[name] ?? whole);
}

/** Message and remedy of a cause for these facts. */
export function say({ message, hint = "", remedy }: CauseText, facts: Facts): Omit<CauseText, "hint"> {
  const isHinted = [...hint.matchAll(placeholder)].every(([, name = ""]) => facts[name]);
  const whole = isHinted ? message + hint : message;
  return { message: fill(whole, facts), remedy: fill(remedy, facts) };
}

const placeholder = /\{(\w+)\}/g;

/** A problem with a known cause; facts from services are masked and cut. */
export function knownProblem(
  code: CauseCode,
  facts: Facts,
  more: Partial<
    Pick<Problem, "severity" | "step" | "location" | "headline" | "excerpt" | "log" | "source">
  > = {},
): Problem {
  const plain = Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, plainText(fact, 600)]));
  return {
    severity: "error",
    code,
    ...say(causes[code], plain),
    facts: plain,
    ...more,
  };
}
