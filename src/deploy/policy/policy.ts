import { deployStatements, keyStatements, planStatements } from "./deploy-statements.ts";
import { e2eStatements } from "./e2e-statements.ts";
import { splitPolicy } from "./split-policy.ts";
import { type Policy, policyOf, type Statement } from "./statement.ts";
import type { PolicyMode, PolicySubject } from "./subject.ts";

const statements: Readonly<Record<PolicyMode, (subject: PolicySubject) => readonly Statement[]>> = {
  plan: (subject) => [...planStatements(subject), ...keyStatements(subject, false)],
  deploy: (subject) => [...deployStatements(subject), ...keyStatements(subject, true)],
  rollback: (subject) => [...deployStatements(subject), ...keyStatements(subject, true)],
  e2e: (subject) => [...e2eStatements(subject), ...keyStatements(subject, true)],
};

/** The IAM policy that a mode needs for a manifest and environment, and nothing more, whatever its size. */
export function policyFor(mode: PolicyMode, subject: PolicySubject): Policy {
  return policyOf(statements[mode](subject));
}

/** The same as documents that each fit a managed policy: one, unless the manifest has many single entries. */
export function policyDocuments(mode: PolicyMode, subject: PolicySubject): readonly Policy[] {
  return splitPolicy(policyFor(mode, subject));
}
