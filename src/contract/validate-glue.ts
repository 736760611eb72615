import * as z from "zod";
import { defaultGlueVersion } from "../base/glue-versions.ts";
import { defineAction, type Inputs, type Outputs } from "./action.ts";
import { choice, flag, glueVersion, lines, text } from "./input.ts";
import {
  commentInput,
  countOutput,
  environment,
  githubToken,
  manifest,
  pythonStrict,
  textOutput,
} from "./shared.ts";

export const validateGlue = defineAction({
  id: "validate-glue",
  name: "Validate Glue scripts",
  description:
    "Byte-compiles every AWS Glue script with the job's own Python and finds orphan code after job.commit()",
  branding: { icon: "check-circle", color: "orange" },
  inputs: {
    manifest: { ...manifest, description: "Path of the manifest; not needed when paths is given" },
    paths: lines("Globs of scripts to check without a manifest, one per line"),
    environment,
    "glue-version": glueVersion("Glue version of the scripts in paths", defaultGlueVersion),
    "changed-only": choice(
      "Check only what the pull request or push changed; auto does so on pull requests",
      ["true", "false", "auto"],
      "false",
    ),
    "fail-on": choice("The least severity that fails the action", ["error", "warning", "never"], "error"),
    fix: flag("Delete orphan lines in the workspace's files, where nothing is proven to need them", false),
    "dry-run": flag("With fix, show what would be deleted and write nothing", false),
    "findings-file": text("Where to write the findings as JSON"),
    "sarif-file": text("Where to write the findings as SARIF 2.1.0, for code scanning"),
    comment: commentInput("the findings, and suggests the fix on its lines"),
    "github-token": githubToken,
    python: text("Python interpreter to use instead of looking for the job's own"),
    "python-strict": pythonStrict,
  },
  outputs: {
    result: { description: "passed or failed", schema: z.enum(["passed", "failed"]) },
    "scripts-checked": countOutput("Number of scripts checked"),
    errors: countOutput("Number of errors"),
    warnings: countOutput("Number of warnings"),
    "findings-file": textOutput("Path of the findings file, if one was asked for"),
    "sarif-file": textOutput("Path of the SARIF file, if one was asked for"),
  },
});

export type ValidateGlueInputs = Inputs<typeof validateGlue>;
export type ValidateGlueOutputs = Outputs<typeof validateGlue>;
