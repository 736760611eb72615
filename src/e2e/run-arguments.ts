import { ToolkitError, throwAll } from "../base/errors.ts";
import { didYouMean } from "../base/nearest.ts";
import type { Step } from "../manifest/manifest.ts";

/** Arguments that Glue keeps for itself (developer guide, job parameters). */
const reserved: ReadonlySet<string> = new Set(["--JOB_NAME", "--mode", "--debug", "--endpoint"]);

/**
 * The steps with the arguments that were given for this run alone; they win over the manifest's.
 * @param given `--name=value` for every job, or `step: --name=value` for one
 * @throws ToolkitError `argument-invalid`: all that is wrong with them at once
 */
export function withArguments(steps: readonly Step[], given: readonly string[]): readonly Step[] {
  const runs = steps.filter((step) => step.kind === "run").map(({ key }) => key);
  const parsed = given.map((text) => parse(text, runs));
  throwAll(
    "arguments",
    parsed.flatMap((each) => (each instanceof ToolkitError ? [each] : [])),
  );
  const known = parsed.filter((each): each is Argument => !(each instanceof ToolkitError));
  return steps.map((step) => {
    if (step.kind !== "run") return step;
    // Those of one step win over those of all, in whatever order they were given.
    const own = [
      ...known.filter(({ key }) => key === undefined),
      ...known.filter(({ key }) => key === step.key),
    ];
    const more = Object.fromEntries(own.map(({ name, value }) => [name, value]));
    return { ...step, arguments: { ...step.arguments, ...more } };
  });
}

interface Argument {
  readonly key: string | undefined;
  readonly name: string;
  readonly value: string;
}

function parse(text: string, runs: readonly string[]): Argument | ToolkitError {
  const match = /^(?:([A-Za-z0-9][\w.-]*): *)?(--[^=\s]+)=(.*)$/s.exec(text);
  // The value may be a secret, so that it is not repeated.
  if (match === null) return invalid(`"${text.split(/[=\s]/)[0] ?? ""}" is no --name=value`);
  const [, key, name = "", value = ""] = match;
  if (reserved.has(name)) return invalid(`${name} is Glue's own and can't be given`);
  if (key !== undefined && !runs.includes(key))
    return invalid(`${name} is for ${key}, which is no step that runs a job.${didYouMean(key, runs)}`);
  if (runs.length === 0) return invalid(`${name} is given, and no step runs a job`);
  return { key, name, value };
}

function invalid(message: string): ToolkitError {
  return new ToolkitError({
    code: "argument-invalid",
    message,
    remedy:
      "Write one argument a line: --name=value for every job, or step: --name=value for the job of one step.",
    source: "user",
  });
}
