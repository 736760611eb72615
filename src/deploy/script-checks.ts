import { member, type RawJob, text, withChanges } from "../aws/raw-job.ts";
import { plural } from "../base/plural.ts";
import type { RuleLevels } from "../manifest/validate-schema.ts";
import type { ScriptFacts } from "../validate/checker-answer.ts";
import { type RuleId, rules } from "../validate/rules.ts";
import { mayBring, shippedModules } from "../validate/shipped-modules.ts";
import { jobChanges, listEntries } from "./code-location.ts";
import type { JobPlan } from "./plan.ts";

/** What the check of the scripts found out that a live job is compared with. */
export interface ScriptKnowledge {
  /** By the script's path. */
  readonly facts: ReadonlyMap<string, ScriptFacts>;
  /** Names that the modules of a job's own libraries are imported by, by the job's key. */
  readonly importable: ReadonlyMap<string, readonly string[]>;
  /** Arguments of the end-to-end steps that run a job, by the job's key. */
  readonly steps: ReadonlyMap<string, readonly RunArguments[]>;
  readonly levels: RuleLevels;
}

type RunArguments = Readonly<Record<string, string>>;

interface Subject {
  readonly facts: ScriptFacts;
  readonly live: RawJob;
  readonly steps: readonly RunArguments[];
  readonly importable: readonly string[];
  /** Entries of --extra-py-files that this deploy doesn't make. */
  readonly foreign: readonly string[];
  /** Whether to tell of arguments that a run may be given by whoever starts it. */
  readonly strict: boolean;
}

export interface ScriptProblem {
  readonly rule: RuleId;
  readonly message: string;
}

/** Never asked of the job: Glue passes them, or getResolvedOptions doesn't insist. Source: awslabs/aws-glue-libs, awsglue/utils.py. */
const passed: ReadonlySet<string> = new Set([
  "JOB_NAME",
  "WORKFLOW_NAME",
  "WORKFLOW_RUN_ID",
  "TempDir",
  "RedshiftTempDir",
]);

/** Adds to each job that changes what its script asks for and the live job doesn't give: a warning, or by the rule's level a blocker. */
export function withScriptChecks(
  jobs: readonly JobPlan[],
  live: ReadonlyMap<string, RawJob | undefined>,
  knowledge: ScriptKnowledge | undefined,
): readonly JobPlan[] {
  if (knowledge === undefined) return jobs;
  return jobs.map((job) => {
    const definition = withNext(job, live.get(job.job));
    const facts = knowledge.facts.get(job.script ?? "");
    if (job.action !== "change" || definition === undefined || facts === undefined) return job;
    const problems = scriptProblems({
      facts,
      live: definition,
      steps: knowledge.steps.get(job.key) ?? [],
      importable: knowledge.importable.get(job.key) ?? [],
      foreign: foreignEntries(job),
      strict: knowledge.levels["missing-argument"] !== undefined,
    });
    return problems.reduce((told, problem) => tell(told, problem, knowledge.levels), job);
  });
}

/** What a script asks for and its live job doesn't give. */
export function scriptProblems(subject: Subject): readonly ScriptProblem[] {
  return [...missingArguments(subject), ...argumentPrefixes(subject), ...missingModules(subject)];
}

function tell(job: JobPlan, { rule, message }: ScriptProblem, levels: RuleLevels): JobPlan {
  const level = levels[rule] ?? rules[rule].severity;
  if (level === "off") return job;
  if (level !== "error") return { ...job, warnings: [...job.warnings, `${message} (${rule})`] };
  const blocker = { code: rule, message, remedy: rules[rule].remedy };
  return { ...job, action: "blocked", blockers: [...job.blockers, blocker] };
}

/** Each end-to-end step that runs the job must give what the script asks for; who else starts it is not known. */
function missingArguments({ facts, live, steps, strict }: Subject): readonly ScriptProblem[] {
  const given = argumentNames(live);
  const runs = steps.length > 0 ? steps.map(namesOf) : strict ? [new Set<string>()] : [];
  const missing = facts.options.filter(
    ({ name }) => !passed.has(name) && runs.some((own) => !given.has(name) && !own.has(name)),
  );
  if (missing.length === 0) return [];
  const where = steps.length > 0 ? "nor a step of e2e that runs it" : "so every start must";
  const names = missing.map(({ name, line }) => `--${name} (line ${line})`).join(", ");
  const message = `script asks for ${plural(missing.length, "argument")} that the job doesn't give, ${where}: ${names}`;
  return [{ rule: "missing-argument", message }];
}

/**
 * Before Glue 6.0 getResolvedOptions takes `--meta` for `--metadata` (argparse's abbreviations), where the script asks for the
 * longer name alone. Source: awslabs/aws-glue-libs issue 206; Glue developer guide, page migrating-version-60.
 */
function argumentPrefixes({ facts, live, steps }: Subject): readonly ScriptProblem[] {
  const major = Number.parseInt(text(live, "GlueVersion") ?? "", 10);
  if (text(live, "Command", "Name") !== "pythonshell" && major >= 6) return [];
  const asked = new Set(facts.options.map(({ name }) => name));
  const given = new Set([...argumentNames(live), ...steps.flatMap((step) => [...namesOf(step)])]);
  return [...given].flatMap((name): ScriptProblem[] => {
    const longer = facts.options.find((option) => option.name !== name && option.name.startsWith(name));
    if (name === "" || longer === undefined || asked.has(name)) return [];
    const message = `argument --${name} is taken for --${longer.name}, which the script asks for on line ${longer.line}: the script may get the wrong value`;
    return [{ rule: "argument-prefix", message }];
  });
}

function missingModules({ facts, live, importable, foreign }: Subject): readonly ScriptProblem[] {
  const shipped = shippedModules(text(live, "GlueVersion") ?? "");
  const packages = additionalPackages(live);
  const files = foreign.map(moduleOfFile);
  const isSpark = ["glueetl", "gluestreaming"].includes(text(live, "Command", "Name") ?? "");
  if (!isSpark || shipped === undefined || packages === undefined || files.includes(undefined)) return [];
  const missing = facts.modules.filter(
    ({ name }) =>
      !shipped.has(name) &&
      !importable.includes(name) &&
      !files.includes(name) &&
      !packages.some((own) => mayBring(own, name)),
  );
  if (missing.length === 0) return [];
  const names = missing.map(({ name, line }) => `${name} (line ${line})`).join(", ");
  const message = `script imports what Glue ${text(live, "GlueVersion")} doesn't have and --additional-python-modules doesn't name: ${names}`;
  return [{ rule: "missing-module", message }];
}

/** Packages of --additional-python-modules; undefined where files that aren't read here name more. */
/** The definition with what the deploy changes in it. */
function withNext({ current, next }: JobPlan, live: RawJob | undefined): RawJob | undefined {
  if (live === undefined || current == null || next == null) return live;
  return withChanges(live, jobChanges(current, next));
}

function additionalPackages(live: RawJob): readonly string[] | undefined {
  const options = [
    text(live, "DefaultArguments", "--additional-python-modules") ?? "",
    text(live, "DefaultArguments", "--python-modules-installer-option") ?? "",
  ];
  if (options.some((option) => /(?:^|[\s,])-r\b|requirements|\.txt|\.zip/.test(option))) return undefined;
  const entries = (options[0] ?? "").split(",").map((entry) => entry.trim());
  return entries.filter((entry) => entry !== "").map(packageName);
}

/** `pandas` of `pandas==2.2`, `acme_lib` of `s3://b/acme_lib-1.0-py3-none-any.whl`. */
function packageName(entry: string): string {
  const file = entry.split("/").at(-1) ?? "";
  if (/\.(?:whl|tar\.gz)$/.test(file)) return file.split("-")[0] ?? "";
  return /^[A-Za-z0-9._-]+/.exec(entry)?.[0] ?? "";
}

/** The module of a .py file; undefined for an archive, whose modules aren't known. */
function moduleOfFile(uri: string): string | undefined {
  return /([^/]+)\.py$/.exec(uri)?.[1];
}

function foreignEntries({ next, artifacts }: JobPlan): readonly string[] {
  return listEntries(next?.extraPyFiles ?? null).filter(
    (uri) => !artifacts.some((key) => uri.endsWith(`/${key}`)),
  );
}

function argumentNames(live: RawJob): ReadonlySet<string> {
  const own = [member(live, "DefaultArguments"), member(live, "NonOverridableArguments")];
  return new Set(own.flatMap((given) => [...namesOf(given)]));
}

function namesOf(given: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  return new Set(Object.keys(given).map((name) => name.replace(/^--/, "")));
}
