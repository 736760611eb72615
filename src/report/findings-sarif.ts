import { createHash } from "node:crypto";
import { sentence } from "../base/errors.ts";
import { compareFindings, type Finding } from "../validate/findings.ts";
import { type RuleId, ruleAnchor, rules, type Severity } from "../validate/rules.ts";
import type { ValidationResult } from "../validate/validate.ts";

const levels: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", notice: "note" };
const ruleIds = Object.keys(rules) as RuleId[];

/** Code scanning refuses a run with more results (docs.github.com, "SARIF support for code scanning"). */
const mostResults = 25_000;

export interface SarifOptions {
  /** Version of the toolkit. */
  readonly version: string;
  /** Base address of the documentation's files; rules have no help address without. */
  readonly documentation?: string;
}

/**
 * The findings as SARIF 2.1.0, for code scanning. Fingerprints come from rule, path and code, not from line numbers, so a
 * finding that moves keeps its identity; equal ones in a file are told apart by their order.
 */
export function findingsSarif(result: ValidationResult, options: SarifOptions): object {
  const findings = [...result.findings].sort(compareFindings).slice(0, mostResults);
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "validate-glue",
            semanticVersion: options.version,
            ...(options.documentation === undefined
              ? {}
              : { informationUri: `${options.documentation}/docs/rules.md` }),
            rules: ruleIds.map((id) => describeRule(id, options)),
          },
        },
        invocations: [invocation(result)],
        columnKind: "unicodeCodePoints",
        originalUriBaseIds: { SRCROOT: { description: { text: "The root of the repository" } } },
        results: withFingerprints(findings).map(([finding, fingerprint]) => describe(finding, fingerprint)),
      },
    ],
  };
}

/** What the run itself has to say: scripts that no Python could judge, and results left out. */
function invocation({ findings, failures = [] }: ValidationResult): object {
  const told = [
    ...failures.map(({ message, remedy }) => ({ level: "error", text: `${sentence(message)} ${remedy}` })),
    ...(findings.length > mostResults
      ? [{ level: "warning", text: `The first ${mostResults} of ${findings.length} findings are here.` }]
      : []),
  ];
  return {
    executionSuccessful: failures.length === 0,
    ...(told.length === 0
      ? {}
      : { toolExecutionNotifications: told.map(({ level, text }) => ({ level, message: { text } })) }),
  };
}

function describeRule(id: RuleId, { documentation }: SarifOptions): object {
  const { title, remedy, severity } = rules[id];
  const page = documentation === undefined ? undefined : `${documentation}/${ruleAnchor(id)}`;
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: `${title}. ${remedy}` },
    help: {
      text: page === undefined ? remedy : `${remedy} See ${page}`,
      markdown: page === undefined ? remedy : `${remedy}\n\n[Why, examples, and how to suppress it](${page})`,
    },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ["aws-glue"], precision: "very-high" },
    ...(page === undefined ? {} : { helpUri: page }),
  };
}

function describe(finding: Finding, fingerprint: string): object {
  const { rule, severity, path, startLine, endLine, message, remedy, related, fix } = finding;
  return {
    ruleId: rule,
    ruleIndex: ruleIds.indexOf(rule),
    level: levels[severity],
    message: { text: `${sentence(message)} ${remedy}` },
    locations: [{ physicalLocation: physical(path, startLine, endLine) }],
    // GitHub's code scanning knows a finding again by primaryLocationLineHash alone
    partialFingerprints: { "glueToolkitFinding/v1": fingerprint, primaryLocationLineHash: fingerprint },
    ...(related === undefined
      ? {}
      : {
          relatedLocations: related.map((place, id) => ({
            id,
            message: { text: place.message },
            physicalLocation: physical(place.path, place.startLine, place.endLine),
          })),
        }),
    ...(fix === undefined ? {} : { fixes: [describeFix(path, fix.deleteLines, remedy)] }),
  };
}

/** A deletion from the first line's start to the start of the line after the last. */
function describeFix(path: string, [first, last]: readonly [number, number], remedy: string): object {
  const deletedRegion = { startLine: first, startColumn: 1, endLine: last + 1, endColumn: 1 };
  return {
    description: { text: remedy },
    artifactChanges: [{ artifactLocation: artifact(path), replacements: [{ deletedRegion }] }],
  };
}

function physical(path: string, startLine: number, endLine: number): object {
  return { artifactLocation: artifact(path), region: { startLine, endLine } };
}

function artifact(path: string): object {
  return { uri: path.split("/").map(encodeURIComponent).join("/"), uriBaseId: "SRCROOT" };
}

function withFingerprints(findings: readonly Finding[]): [Finding, string][] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const base = [finding.rule, finding.path, ...finding.excerpt.map((line) => line.trim())].join("\n");
    const count = seen.get(base) ?? 0;
    seen.set(base, count + 1);
    return [finding, createHash("sha256").update(`${base}\n${count}`).digest("hex").slice(0, 32)];
  });
}
