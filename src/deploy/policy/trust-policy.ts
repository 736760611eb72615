/** A role's trust policy, as IAM's JSON has it. */
export interface TrustPolicy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly [
    {
      readonly Sid: string;
      readonly Effect: "Allow";
      readonly Principal: { readonly Federated: string };
      readonly Action: "sts:AssumeRoleWithWebIdentity";
      readonly Condition: { readonly StringEquals: Readonly<Record<string, string>> };
    },
  ];
}

const issuer = "token.actions.githubusercontent.com";

/**
 * Lets jobs of one repository's one GitHub environment assume the role through OIDC, and nobody else: the subject is
 * compared whole, without wildcards. A colon in an environment's name stands as `%3A` in the subject
 * (GitHub docs, "OpenID Connect reference").
 * @param repository `owner/name`
 */
export function trustPolicy(options: {
  readonly account: string;
  readonly repository: string;
  readonly environment: string;
  readonly partition?: string;
}): TrustPolicy {
  const { account, repository, environment, partition = "aws" } = options;
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "GitHubEnvironment",
        Effect: "Allow",
        Principal: { Federated: `arn:${partition}:iam::${account}:oidc-provider/${issuer}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${issuer}:aud`]: "sts.amazonaws.com",
            [`${issuer}:sub`]: `repo:${repository}:environment:${environment.replaceAll(":", "%3A")}`,
          },
        },
      },
    ],
  };
}
