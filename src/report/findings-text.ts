import { sentence } from "../base/errors.ts";
import type { Paint } from "../base/paint.ts";
import { plainText } from "../base/plain-text.ts";
import { plural } from "../base/plural.ts";
import type { Finding } from "../validate/findings.ts";
import type { Severity } from "../validate/rules.ts";
import type { ValidationResult } from "../validate/validate.ts";
import { numberedExcerpt } from "./numbered-excerpt.ts";

const shownInFull = 20;
const color: Readonly<Record<Severity, "red" | "yellow" | "cyan">> = {
  error: "red",
  warning: "yellow",
  notice: "cyan",
};

/** The validation for a terminal: `path:line` that an editor can open, what is wrong, the code, how to mend it; the verdict last. */
export function findingsText(result: ValidationResult, paint: Paint): string {
  const { findings, counts, failures = [] } = result;
  const modules = counts.modules === undefined ? "" : ` and ${plural(counts.modules, "library module")}`;
  const verdict = `${plural(counts.scripts, "script")}${modules} checked: ${plural(counts.errors, "error")}, ${plural(counts.warnings, "warning")}, ${plural(counts.notices, "notice")}`;
  return [
    ...findings.map((finding, index) => findingLines(finding, index < shownInFull, paint)),
    ...(counts.skipped > 0
      ? [paint.yellow(`${plural(counts.skipped, "Scala script")} skipped: only Python is validated`)]
      : []),
    ...failures.map(
      ({ message, remedy }) =>
        `${paint.red("not judged")} ${plainText(sentence(message))} ${plainText(remedy)}`,
    ),
    result.result === "passed" ? paint.green(`✔ ${verdict}`) : paint.red(`✖ ${verdict}`),
  ].join("\n");
}

function findingLines(finding: Finding, full: boolean, paint: Paint): string {
  const { severity, rule, path, startLine, endLine, message, remedy, excerpt } = finding;
  const place = startLine === endLine ? `${path}:${startLine}` : `${path}:${startLine}-${endLine}`;
  const head = `${paint.bold(plainText(place))} ${paint[color[severity]](severity)} ${plainText(sentence(message))} ${paint.dim(`(${rule})`)}`;
  if (!full) return head;
  const code = excerpt.length === 0 ? [] : [paint.dim(indented(plainText(numberedExcerpt(finding))))];
  return [head, ...code, `    ${paint.cyan("mend:")} ${plainText(remedy)}`, ""].join("\n");
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, "    ");
}
