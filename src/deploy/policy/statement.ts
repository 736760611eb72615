/** One statement of an IAM policy, as JSON has it. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** An IAM policy document. */
export interface Policy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

/** An Allow; resources are sorted, each once, so that the same manifest always gives the same text. */
export function allow(
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
  condition?: Statement["Condition"],
): Statement {
  return {
    Sid: sid,
    Effect: "Allow",
    Action: actions,
    Resource: [...new Set(resources)].sort(),
    ...(condition === undefined ? {} : { Condition: condition }),
  };
}

/** A policy of the statements that are about anything. */
export function policyOf(statements: readonly Statement[]): Policy {
  return { Version: "2012-10-17", Statement: statements.filter(({ Resource }) => Resource.length > 0) };
}
