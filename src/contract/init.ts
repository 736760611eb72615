import { defineInputs, type Inputs } from "./action.ts";
import { choice, flag, glueVersion, lines, text, textWithDefault } from "./input.ts";
import { manifest } from "./shared.ts";

export const init = defineInputs({
  id: "init",
  inputs: {
    from: choice(
      "Where the jobs come from: the repository's scripts (no AWS needed), or the account's live jobs",
      ["scripts", "jobs"],
      "scripts",
    ),
    scripts: lines("Folders or globs that hold the job scripts; else every file that imports awsglue"),
    jobs: lines("Globs over the names of the live jobs to take, for --from jobs; else all of them"),
    "job-name": textWithDefault(
      "Names of the Glue jobs, for --from scripts: ${name}, ${key}, ${stem} and ${environment} are filled in",
      "${name}-${key}-${environment}",
    ),
    name: text("Name of the pipeline; else what the live jobs' names share, else the folder's name"),
    environment: textWithDefault("Name of the first environment", "dev"),
    region: text("AWS region; else that of the AWS environment variables, else us-east-1"),
    account: text("Account of the environment, which guards it against deploys to another"),
    bucket: text("S3 bucket for deployed scripts; else where the live scripts lie, else <name>-glue-scripts"),
    prefix: textWithDefault("Key prefix below which deploys write", "glue_jobs/"),
    "glue-version": glueVersion("Glue version that the jobs share; else the most frequent one, else 5.0"),
    "download-to": textWithDefault("Folder for live scripts that the repository hasn't got", "glue_jobs"),
    manifest,
    workflows: flag("Write the GitHub workflows too", true),
    force: flag("Overwrite files that are there", false),
  },
});

export type InitInputs = Inputs<typeof init>;
