/** How bad a finding is; `fail-on` compares them. */
export type Severity = "error" | "warning" | "notice";

export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  /** A few words, for tables and titles. */
  readonly title: string;
  /** What the reader should do, as a full sentence. */
  readonly remedy: string;
}

/** The rules that findings name. Each has a section in docs/rules.md under its id. */
export const rules = {
  "orphan-code": {
    id: "orphan-code",
    severity: "error",
    title: "Orphan code after the final commit",
    remedy: "Delete the orphan lines.",
  },
  "syntax-error": {
    id: "syntax-error",
    severity: "error",
    title: "Doesn't compile",
    remedy: "Mend the line; CPython's message names the place where its parser gave up.",
  },
  "newer-syntax": {
    id: "newer-syntax",
    severity: "error",
    title: "Needs a newer Python than the job has",
    remedy: "Write it as the job's Python has it, or move the job to a Glue version with a newer Python.",
  },
  "merge-conflict": {
    id: "merge-conflict",
    severity: "error",
    title: "Unresolved merge conflict",
    remedy: "Choose one side of the conflict and delete the markers.",
  },
  "unreadable-script": {
    id: "unreadable-script",
    severity: "error",
    title: "Unreadable script",
    remedy: "Save the script as UTF-8 text, as a regular file.",
  },
  "missing-script": {
    id: "missing-script",
    severity: "error",
    title: "Missing script",
    remedy: "Commit the file, or mend the path in the manifest.",
  },
  "unsafe-path": {
    id: "unsafe-path",
    severity: "error",
    title: "Path outside the repository",
    remedy: "Keep scripts inside the repository, with no link that leads out of it.",
  },
  "duplicate-code": {
    id: "duplicate-code",
    severity: "warning",
    title: "Code that stands in the script twice",
    remedy: "Delete one of the two blocks, or make a function of them.",
  },
  "commit-not-last": {
    id: "commit-not-last",
    severity: "warning",
    title: "Data written after the commit",
    remedy: "Move job.commit() below the last write.",
  },
  "missing-commit": {
    id: "missing-commit",
    severity: "warning",
    title: "Bookmarks without a commit",
    remedy: "Call job.commit() as the script's last act.",
  },
  "conditional-commit": {
    id: "conditional-commit",
    severity: "warning",
    title: "Commit that some runs never reach",
    remedy: "Move job.commit() out of the condition.",
  },
  "missing-init": {
    id: "missing-init",
    severity: "warning",
    title: "Commit without init",
    remedy: 'Call job.init(args["JOB_NAME"], args) before any data is read.',
  },
  "transformation-context": {
    id: "transformation-context",
    severity: "warning",
    title: "Source that no bookmark can be kept for",
    remedy: "Give each source a transformation_ctx of its own, which stays the same from version to version.",
  },
  "reserved-argument": {
    id: "reserved-argument",
    severity: "warning",
    title: "Argument that getResolvedOptions refuses",
    remedy:
      "Take the name out of the list: getResolvedOptions returns Glue's own arguments without being asked.",
  },
  "missing-argument": {
    id: "missing-argument",
    severity: "warning",
    title: "Argument that the job doesn't give",
    remedy: "Add it to the job's default arguments, or to the arguments of the step that runs the job.",
  },
  "argument-prefix": {
    id: "argument-prefix",
    severity: "warning",
    title: "Argument taken for another",
    remedy: "Rename one of the two, ask for both, or move the job to Glue 6.0.",
  },
  "missing-module": {
    id: "missing-module",
    severity: "warning",
    title: "Module that the job doesn't have",
    remedy:
      "Name its package in the job's --additional-python-modules, or bring it along with extra-py-files.",
  },
  "hardcoded-secret": {
    id: "hardcoded-secret",
    severity: "warning",
    title: "Secret in a script",
    remedy: "Change the secret, keep it in Secrets Manager or a Glue connection, and read it at run time.",
  },
  "notebook-code": {
    id: "notebook-code",
    severity: "warning",
    title: "Notebook code in a script",
    remedy: "Delete the line: IPython isn't there when a job runs.",
  },
  "end-of-life-glue-version": {
    id: "end-of-life-glue-version",
    severity: "warning",
    title: "Glue version past its end of life",
    remedy: "Move the job to Glue 5.0 or newer and try it out before its old version stops.",
  },
  "unmanaged-script": {
    id: "unmanaged-script",
    severity: "notice",
    title: "Glue script that no job names",
    remedy: "Give it an entry under jobs in the manifest, or move it out of the folder of managed scripts.",
  },
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleId = keyof typeof rules;

/** Rules whose finding means that the job can't run a line of the script: no level and no comment lowers them. */
const neverCompiling: ReadonlySet<RuleId> = new Set(["syntax-error", "newer-syntax", "unreadable-script"]);

/** Whether a finding of the rule says that Python can't compile the script. */
export function neverCompiles(rule: RuleId): boolean {
  return neverCompiling.has(rule);
}

/** Where a rule is explained, relative to the repository's root. */
export function ruleAnchor(rule: RuleId): string {
  return `docs/rules.md#${rule}`;
}
