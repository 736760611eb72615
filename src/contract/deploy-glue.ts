import * as z from "zod";
import { defineAction, type Inputs, type Outputs } from "./action.ts";
import { choice, flag, names, text, wholeNumber } from "./input.ts";
import { commentInput, environment, githubToken, manifest, pythonStrict, textOutput } from "./shared.ts";

export const deployGlue = defineAction({
  id: "deploy-glue",
  name: "Deploy Glue scripts",
  description:
    "Uploads AWS Glue scripts under content-versioned keys and repoints the jobs without losing one other setting",
  branding: { icon: "upload-cloud", color: "orange" },
  inputs: {
    manifest,
    environment,
    jobs: names("Only these jobs, by their names in the manifest"),
    mode: choice(
      "deploy, only plan, or roll back to an earlier release",
      ["deploy", "plan", "rollback"],
      "deploy",
    ),
    "rollback-to": text(
      "previous, or a release by its id, the beginning of its id or of its commit; for mode: rollback, where empty means previous, and for mode: plan, which then plans that rollback",
    ),
    validate: flag("Check the scripts first; nothing is uploaded while an error stands", true),
    "allow-glue-version-change": flag(
      "Deploy although a live job has another Glue version than the manifest",
      false,
    ),
    "on-older-commit": choice(
      "What to do where a job runs a newer commit than the one to deploy",
      ["fail", "warn", "allow"],
      "fail",
    ),
    "on-running": choice("What to do about a job with runs in flight", ["warn", "wait", "fail"], "warn"),
    "keep-releases": wholeNumber(
      "How many releases to keep, 1 or more; older ones and the scripts only they used are deleted. Empty keeps all",
    ),
    comment: commentInput("the plan or what was deployed"),
    "github-deployment": flag(
      "Report the deploy or rollback as a GitHub deployment of the environment, with the release's id; needs deployments: write",
      false,
    ),
    "github-token": githubToken,
    "plan-file": text(
      "File of the plan as JSON. Modes plan and rollback write it; mode deploy reads it and applies that plan or nothing: the file must be there and hold a plan",
    ),
    python: text("Python interpreter for the check, instead of looking for the job's own"),
    "python-strict": pythonStrict,
  },
  outputs: {
    result: {
      description: "deployed, unchanged, planned, rolled-back or failed",
      schema: z.enum(["deployed", "unchanged", "planned", "rolled-back", "failed"]),
    },
    "release-id": textOutput("Id of the release"),
    "jobs-changed": textOutput("Names of the Glue jobs that changed, as JSON"),
    "jobs-unchanged": textOutput("Names of the Glue jobs that did not, as JSON"),
    "plan-file": textOutput("Path of the plan file, if one was asked for"),
    "release-uri": textOutput("S3 URI of the release record"),
  },
});

export type DeployGlueInputs = Inputs<typeof deployGlue>;
export type DeployGlueOutputs = Outputs<typeof deployGlue>;
