import { plainText } from "../base/plain-text.ts";
import type { E2eResult, Problem, StepResult } from "../e2e/result.ts";
import { escaped } from "./html/html.ts";

/**
 * A run as JUnit XML, for the test views of CI systems: a test case a step, and one for what is wrong beside the steps,
 * so that a run that is not passed never has a report without a failure.
 */
export function renderE2eJunit(result: E2eResult): string {
  const { pipeline, environment, milliseconds, problems } = result;
  const suite = `${pipeline} on ${environment.name}`;
  const errors = problems.filter(({ severity }) => severity === "error");
  const steps = result.steps.map((step) => stepCase(step, errors));
  const keys = new Set(result.steps.map(({ key }) => key));
  const beside = errors.filter(({ step }) => step === undefined || !keys.has(step));
  const isTold = steps.some(({ kind }) => kind === "failure" || kind === "error");
  const ended: TestCase | undefined =
    beside.length > 0 || (result.result !== "passed" && !isTold)
      ? { name: "the run", kind: "error", type: beside[0]?.code ?? result.result, texts: textsOf(beside) }
      : undefined;
  const cases = ended === undefined ? steps : [...steps, ended];
  const count = (kind: TestCase["kind"]): number => cases.filter((each) => each.kind === kind).length;
  const counts = `tests="${cases.length}" failures="${count("failure")}" errors="${count("error")}" skipped="${count("skipped")}" time="${seconds(milliseconds)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="run-e2e" ${counts}>`,
    `  <testsuite name="${xml(suite)}" ${counts}>`,
    ...cases.map((each) => `    ${caseXml(each, suite)}`),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

interface TestCase {
  readonly name: string;
  readonly kind: "passed" | "failure" | "error" | "skipped";
  readonly type: string;
  /** The first is the message, all are the text. */
  readonly texts: readonly string[];
  readonly milliseconds?: number | undefined;
}

function stepCase(step: StepResult, errors: readonly Problem[]): TestCase {
  const { key, state, milliseconds, blockedBy, skippedFor } = step;
  const own = errors.filter((problem) => problem.step === key);
  const base = { name: key, milliseconds };
  if (state === "passed" && own.length === 0) return { ...base, kind: "passed", type: state, texts: [] };
  if (state === "skipped" || state === "not-selected") {
    const reason = blockedBy.length > 0 ? `blocked by ${blockedBy.join(", ")}` : (skippedFor ?? state);
    return { ...base, kind: "skipped", type: state, texts: [reason] };
  }
  const kind = state === "cancelled" ? "error" : "failure";
  return { ...base, kind, type: own[0]?.code ?? state, texts: own.length > 0 ? textsOf(own) : [state] };
}

function textsOf(problems: readonly Problem[]): readonly string[] {
  const [first] = problems;
  if (first === undefined) return ["The run did not pass."];
  return [
    first.headline?.text ?? first.message,
    ...problems.map(({ message, remedy }) => `${message}\n${remedy}`),
  ];
}

function caseXml({ name, kind, type, texts, milliseconds }: TestCase, suite: string): string {
  const head = `<testcase classname="${xml(suite)}" name="${xml(name)}" time="${seconds(milliseconds ?? 0)}"`;
  const [message = "", ...more] = texts;
  if (kind === "passed") return `${head}/>`;
  if (kind === "skipped") return `${head}><skipped message="${xml(message)}"/></testcase>`;
  return `${head}><${kind} type="${xml(type)}" message="${xml(message)}">${xml(more.join("\n\n"))}</${kind}></testcase>`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1_000).toFixed(3);
}

/** Text that may stand in an element or an attribute: XML 1.0 allows no control characters, nor U+FFFE and U+FFFF. */
function xml(text: string): string {
  const plain = plainText(text)
    .toWellFormed()
    .replaceAll(/[\ufffe\uffff]/g, "");
  // An attribute's line breaks and tabs are spaces to a parser, unless they are references.
  return escaped(plain).replaceAll(/[\n\t]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
