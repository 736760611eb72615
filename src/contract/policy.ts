import { defineInputs, type Inputs } from "./action.ts";
import { choice, flag, names, text, wholeNumber } from "./input.ts";
import { environment, manifest } from "./shared.ts";

export const policy = defineInputs({
  id: "policy",
  inputs: {
    mode: choice(
      "What the role is for; trust is who may assume it",
      ["plan", "deploy", "rollback", "e2e", "trust"],
      "deploy",
    ),
    manifest,
    environment,
    account: text("Twelve digits; else the manifest's account, else that of the credentials"),
    roles: names("ARNs of the roles that the jobs run under; else they are read from the live jobs"),
    "kms-keys": names("ARNs of the customer managed keys that encrypt the buckets"),
    prunes: flag("Whether deploys are given keep-releases", false),
    repository: text("owner/name on GitHub, for trust; else the origin of this checkout"),
    part: wholeNumber("Which document to print, where the policy takes more than one; else all are printed"),
    partition: choice("The AWS partition", ["aws", "aws-cn", "aws-us-gov"], "aws"),
  },
});

export type PolicyInputs = Inputs<typeof policy>;
