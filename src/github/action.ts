import * as core from "@actions/core";
import { outliveClosedOutput } from "../base/closed-output.ts";
import { formatLocation, messageOf, sentence, ToolkitError, ToolkitErrors } from "../base/errors.ts";
import { escapeMarkdown } from "../base/escape-markdown.ts";
import { logText } from "../base/log-text.ts";
import { plainText } from "../base/plain-text.ts";
import { type ActionContract, type Inputs, type Output, parseInputs } from "../contract/action.ts";
import type { Input } from "../contract/input.ts";
import type { Views } from "../contract/views.ts";
import { type GitHubContext, readContext } from "./context.ts";
import { readInputs } from "./inputs.ts";
import { type Annotation, annotate, publishSummary, setOutputs } from "./publish.ts";

type AnyContract = ActionContract<Readonly<Record<string, Input<unknown>>>, Readonly<Record<string, Output>>>;

/** What an action needs from its host. */
export interface ActionHost<C> {
  readonly inputs: Inputs<C>;
  readonly context: GitHubContext;
  /** Aborted on SIGINT and SIGTERM, which the runner sends when a run is cancelled. */
  readonly signal: AbortSignal;
}

/** How an action ended. */
export interface ActionOutcome {
  readonly outputs: Readonly<Record<string, string | undefined>>;
  /** Markdown for the step summary. */
  readonly summary: string;
  /** Notes at lines of files, most useful first. */
  readonly annotations?: readonly Annotation[];
  /** The result for hosts that have no summary. */
  readonly views: Views;
  /** Set when the result is not success: the one error that ends the step. */
  readonly failure?: string;
  /** Where in the repository it stands. */
  readonly failureAt?: { readonly path?: string; readonly startLine?: number };
}

/** Runs an action to its end: inputs in, outputs, summary and exit code out; the one place where errors are shown. */
export async function runAction<C extends AnyContract>(
  contract: C,
  action: (host: ActionHost<C>) => Promise<ActionOutcome>,
): Promise<void> {
  outliveClosedOutput();
  const abort = new AbortController();
  // stays on: with no listener left, a child process library may end this process before it has cleaned up
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => abort.abort(new ToolkitError(cancelled(name))));
  }
  const summaryFile = process.env["GITHUB_STEP_SUMMARY"];
  const onGitHub = Boolean(process.env["GITHUB_OUTPUT"]);
  try {
    const inputs = parseInputs(contract, readInputs(process.env, Object.keys(contract.inputs))) as Inputs<C>;
    const context = readContext(process.env, process.cwd());
    const outcome = await action({ inputs, context, signal: abort.signal });
    annotate(outcome.annotations ?? []);
    setOutputs(outcome.outputs, onGitHub);
    await publishSummary(outcome.summary, summaryFile);
    if (outcome.failure !== undefined) fail(outcome.failure, outcome.failureAt);
  } catch (thrown) {
    setOutputs({ result: "failed" }, onGitHub);
    await publishSummary(errorSummary(contract.name, thrown), summaryFile);
    reportError(thrown);
  }
}

function cancelled(signal: string): ConstructorParameters<typeof ToolkitError>[0] {
  return {
    code: "cancelled",
    message: `the run was cancelled (${signal})`,
    remedy: "Start it again when you are ready.",
    source: "user",
  };
}

function fail(message: string, place: ActionOutcome["failureAt"] = {}): void {
  annotate([{ level: "error", message, ...place }]);
  process.exitCode = 1;
}

/** One error command, however many problems: it stands at the first one's place and lists them all. */
function reportError(thrown: unknown): void {
  const errors = listErrors(thrown);
  const location = errors.find((error) => error instanceof ToolkitError && error.location !== undefined);
  const { path, line } = (location instanceof ToolkitError ? location.location : undefined) ?? {};
  annotate([
    {
      level: "error",
      message: errors.map(lineOf).join("\n"),
      ...(path === undefined ? {} : { path }),
      ...(line === undefined ? {} : { startLine: line }),
    },
  ]);
  for (const error of errors) {
    if (error instanceof ToolkitError && error.cause !== undefined)
      core.debug(`${error.code}: ${plainText(messageOf(error.cause))}`);
    if (error instanceof Error && !(error instanceof ToolkitError)) core.info(logText(error.stack ?? ""));
  }
  process.exitCode = 1;
}

function listErrors(thrown: unknown): readonly unknown[] {
  return thrown instanceof ToolkitErrors ? thrown.errors : [thrown];
}

/** `path:line (key): what is wrong. How to mend it.` */
function lineOf(thrown: unknown): string {
  if (!(thrown instanceof ToolkitError)) {
    return `internal error: ${messageOf(thrown)}. This is a defect of the toolkit: please report it.`;
  }
  const where = formatLocation(thrown.location);
  return `${where === "" ? "" : `${where}: `}${sentence(thrown.message)} ${thrown.remedy}`;
}

function errorSummary(name: string, thrown: unknown): string {
  const rows = listErrors(thrown).map((error) => `- ${escapeMarkdown(lineOf(error))}`);
  return `## ❌ ${name}\n\n${rows.join("\n")}\n`;
}
