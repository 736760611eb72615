import { plural } from "../base/plural.ts";
import type { CheckerAnswer, PythonError, RawFinding } from "./checker-answer.ts";
import type { Finding, RelatedLines } from "./findings.ts";
import { type RuleId, rules } from "./rules.ts";

/** Differences between a copy and the original that a remedy has room for. */
const editsShown = 3;

type Raw<R extends RawFinding["rule"]> = Extract<RawFinding, { rule: R }>;

/** The checker's facts on one script as findings for people. */
export function composeFindings(path: string, answer: CheckerAnswer): Finding[] {
  return answer.findings.map((raw) => composeFinding(path, raw));
}

/** A finding by its rule's row of the table. */
export function makeFinding(
  rule: RuleId,
  path: string,
  message: string,
  more: Partial<Finding> = {},
): Finding {
  const { severity, remedy } = rules[rule];
  return { rule, severity, path, startLine: 1, endLine: 1, message, remedy, excerpt: [], ...more };
}

function composeFinding(path: string, raw: RawFinding): Finding {
  const place = { startLine: raw.startLine, endLine: raw.endLine, excerpt: raw.excerpt };
  switch (raw.rule) {
    case "orphan-code":
      return orphan(path, raw, place);
    case "syntax-error":
      return syntaxError(path, raw, place);
    case "merge-conflict":
      return makeFinding(
        raw.rule,
        path,
        `a merge conflict from line ${raw.startLine} to ${raw.endLine}`,
        place,
      );
    case "duplicate-code": {
      const twin = { path, startLine: raw.twinFirst, endLine: raw.twinLast, message: "the same lines" };
      const told = `${span(raw.startLine, raw.endLine)} stand in the script before, as ${span(raw.twinFirst, raw.twinLast)}`;
      return makeFinding(raw.rule, path, told, { ...place, related: [twin] });
    }
    case "commit-not-last": {
      const commit = {
        path,
        startLine: raw.commitLine,
        endLine: raw.commitLine,
        message: "the final commit",
      };
      const told = `data is written on line ${raw.startLine}, after the commit on line ${raw.commitLine}`;
      return makeFinding(raw.rule, path, told, { ...place, related: [commit] });
    }
    case "missing-commit":
      return makeFinding(raw.rule, path, "the job keeps bookmarks, but the script never commits it", place);
    case "conditional-commit":
      return makeFinding(
        raw.rule,
        path,
        "the job is committed under a condition only; runs that go the other way never commit",
        place,
      );
    case "missing-init":
      return makeFinding(raw.rule, path, "the job is committed, but was never given its init", place);
    case "unreadable-script":
      return makeFinding(raw.rule, path, `the script ${raw.reason}`, {
        ...place,
        ...exportRemedy(raw.reason),
      });
    case "reserved-argument":
      return makeFinding(raw.rule, path, reservedArgument(raw), place);
    case "transformation-context":
      return transformationContext(path, raw, place);
    case "hardcoded-secret":
      return makeFinding(raw.rule, path, `${raw.kind} stands in the script`, place);
    case "notebook-code":
      return makeFinding(
        raw.rule,
        path,
        `${raw.name}() is a notebook's: a job ends here with NameError`,
        place,
      );
  }
}

function syntaxError(path: string, raw: Raw<"syntax-error">, place: Partial<Finding>): Finding {
  const said = `${python(raw.python)}, column ${raw.python.column}`;
  const message = raw.kind === null ? said : `${raw.kind}; CPython says: ${said}`;
  const remedy = raw.kind?.startsWith("a notebook's") ? { remedy: notebookRemedy } : {};
  return makeFinding(raw.rule, path, message, { ...place, ...remedy });
}

const notebookRemedy = "Export the notebook (jupyter nbconvert --to script) and delete its magic commands.";

/** A notebook in place of a script is exported, not saved as UTF-8. */
function exportRemedy(reason: string): Partial<Finding> {
  return reason.includes("notebook") ? { remedy: notebookRemedy } : {};
}

function reservedArgument({ name, kind }: Raw<"reserved-argument">): string {
  const call = "getResolvedOptions ends the run with an error";
  return kind === "reserved"
    ? `"${name}" is an argument of Glue's own: ${call} when it is asked for it`
    : `"${name}" stands in the list twice: ${call}`;
}

function transformationContext(
  path: string,
  { kind, name, twinLine }: Raw<"transformation-context">,
  place: Partial<Finding>,
): Finding {
  if (kind === "missing" || twinLine === null) {
    const message =
      "the job keeps bookmarks, but no source has a transformation_ctx: each run reads all data anew";
    return makeFinding("transformation-context", path, message, place);
  }
  const twin = { path, startLine: twinLine, endLine: twinLine, message: "the same transformation_ctx" };
  const message = `transformation_ctx "${name}" is that of the source on line ${twinLine} too: they share one bookmark`;
  return makeFinding("transformation-context", path, message, { ...place, related: [twin] });
}

function orphan(path: string, raw: Raw<"orphan-code">, place: Partial<Finding>): Finding {
  const { repeats, deleteLines } = raw;
  const count = raw.endLine - raw.startLine + 1;
  const told = [
    `${plural(count, "line")} after ${raw.commitText} on line ${raw.commitLine}`,
    ...(repeats === null
      ? []
      : [
          `${span(repeats.first, repeats.last)} ${repeats.first === repeats.last ? "repeats" : "repeat"} ${span(repeats.twinFirst, repeats.twinLast)}`,
        ]),
    ...(raw.python === null ? [] : [`CPython says: ${python(raw.python)}`]),
  ];
  const which = span(raw.startLine, raw.endLine);
  return makeFinding("orphan-code", path, told.join("; "), {
    ...place,
    remedy:
      deleteLines === null
        ? `Look at ${which}: delete what is left over, or move the commit below it. No fix is offered, since it is not proven that nothing needs the code.`
        : `Delete ${which}${raw.proof ? `: ${reasonOf(raw.proof)}` : ": the script then compiles and ends with its commit"}.`,
    related: relatedLines(path, raw),
    ...(deleteLines === null ? {} : { fix: { deleteLines } }),
  });
}

function reasonOf({ kind, twinFirst, twinLast, edited }: NonNullable<Raw<"orphan-code">["proof"]>): string {
  if (kind === "fragment" || twinFirst === null || twinLast === null)
    return "no change of one token makes valid code of them, and nothing that stays needs them";
  const earlier = `the code stands in ${span(twinFirst, twinLast)}, and nothing that stays needs the copy`;
  if (edited.length === 0) return earlier;
  const shown = edited
    .slice(0, editsShown)
    .map((edit) => `line ${edit.line} \`${edit.text}\` is line ${edit.twin} \`${edit.twinText}\``);
  const more = edited.length > editsShown ? [`and ${edited.length - editsShown} more`] : [];
  return `${earlier}; ${plural(edited.length, "line")} of the copy ${edited.length === 1 ? "differs" : "differ"}: ${[...shown, ...more].join(", ")}`;
}

function relatedLines(path: string, raw: Raw<"orphan-code">): RelatedLines[] {
  const commit = { path, startLine: raw.commitLine, endLine: raw.commitLine, message: "the final commit" };
  if (raw.repeats === null) return [commit];
  const { twinFirst, twinLast, first, last } = raw.repeats;
  return [
    commit,
    { path, startLine: twinFirst, endLine: twinLast, message: `repeated in ${span(first, last)}` },
  ];
}

function python(error: PythonError): string {
  return `${error.type}: ${error.message} (line ${error.line})`;
}

function span(first: number, last: number): string {
  return first === last ? `line ${first}` : `lines ${first}–${last}`;
}
