import { plainText } from "../base/plain-text.ts";
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
    remedy: "Read the crawler's log ({log}); most often its role may not read the data.",
  },
  "crawl-cancelled": {
    message: "somebody stopped the crawl of {crawler}",
    remedy: "Run the pipeline again when nobody else uses the crawler.",
  },
  "query-failed": {
    message: "the query ended {state}: {error}",
    remedy: "Run the SQL in the Athena console with the same database; check the table and column names.",
  },
  "query-no-table": {
    message: "the query reads a table that is not in the catalog: {error}",
    remedy: "Let the step need the crawler that makes the table, and check the names in the SQL.",
  },
  "query-no-column": {
    message: "the query names a column that its table does not have: {error}",
    remedy: "Compare the SQL with the table's columns in the catalog.",
  },
  "query-access-denied": {
    message: "the query may not read its data or write its result: {error}",
    remedy: "Allow the action named in the error in the policy of the role that runs this step.",
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
    message: "the script does not compile: {error}",
    remedy: "Mend {script}, run validate-glue on it, and deploy.",
  },
  "script-not-fetched": {
    message: "Glue could not fetch the job's script: {error}",
    remedy: "Deploy with deploy-glue, and let the job's role read the scripts bucket.",
  },
  "role-not-assumable": {
    message: "Glue may not assume the job's role: {error}",
    remedy: "Let the role's trust policy name glue.amazonaws.com, and check that the role exists.",
  },
  "missing-argument": {
    message: "the script needs an argument that the job does not get: {arguments}",
    remedy: "Add it to the job's default arguments, or to the step's arguments in the manifest.",
  },
  "missing-module": {
    message: "the script imports {module}, which the job does not have",
    remedy: "Add it to extra-py-files in the manifest, or to the job's --additional-python-modules.",
  },
  "access-denied": {
    message: "the job's role may not do what the script needs: {error}",
    remedy: "Allow {action} in the policy of the job's role.",
  },
  "no-such-bucket": {
    message: "the script uses a bucket that does not exist: {error}",
    remedy: "Check the bucket names in the job's arguments.",
  },
  "no-such-table": {
    message: "the script reads a table that does not exist: {error}",
    remedy: "Let the step need the crawler that makes the table, and check the database's name.",
  },
  "no-such-column": {
    message: "the script uses a column that the data does not have: {error}",
    remedy: "Compare the names in the script with the table in the catalog; a crawler may have changed it.",
  },
  "no-such-path": {
    message: "the script reads a path where nothing is: {error}",
    remedy: "Check that the step before it writes there, and the path in the job's arguments.",
  },
  "out-of-memory": {
    message: "the run ran out of memory: {error}",
    remedy: "Use a larger worker type or more workers, or read less at a time.",
  },
  "disk-full": {
    message: "a worker's disk is full: {error}",
    remedy: "Use a larger worker type or more workers, or shuffle less data.",
  },
  "not-reachable": {
    message: "the script could not reach a service or database: {error}",
    remedy: "Check the job's connection: its subnet, route, security group, and the host's name.",
  },
  "run-timed-out": {
    message: "the run passed the job's own timeout",
    remedy: "Raise the job's Timeout if this is its normal time; otherwise look for what it waits for.",
  },
  "run-stopped": {
    message: "somebody stopped the run",
    remedy: "Run the pipeline again when nobody else uses the job.",
  },
  concurrency: {
    message: "job {job} is already running as often as it may: {error}",
    remedy: "Wait for the other run to end, or raise the job's maximum concurrency.",
  },
  "no-capacity": {
    message: "the account has no capacity left for the run: {error}",
    remedy: "Wait for other runs to end, or ask AWS for a higher quota of DPUs or runs.",
  },
  "run-failed": {
    message: "the run ended {state}: {error}",
    remedy: "Read the log lines in the report around the traceback.",
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
  more: Partial<Pick<Problem, "severity" | "step" | "location" | "excerpt" | "log" | "source">> = {},
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
