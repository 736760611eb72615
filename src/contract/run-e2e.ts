import * as z from "zod";
import { defineAction, type Inputs, type Outputs } from "./action.ts";
import { choice, duration, flag, lines, positiveNumber, text, textWithDefault } from "./input.ts";
import { commentInput, environment, githubToken, manifest, textOutput } from "./shared.ts";

export const runE2e = defineAction({
  id: "run-e2e",
  name: "Run the Glue pipeline end to end",
  description:
    "Cleans, runs and validates a whole pipeline (S3, Lambda, crawlers, Glue jobs, Athena) and says exactly what failed and why",
  branding: { icon: "play-circle", color: "orange" },
  inputs: {
    manifest,
    environment,
    "confirm-clean": text("Must equal the environment's name, or cleaning is refused"),
    "from-step": text("Start at this step; what comes before it counts as done"),
    "until-step": text("Stop after this step"),
    "only-step": text("Run this step alone, without cleaning; all it needs counts as done"),
    arguments: lines(
      "Arguments of this run alone: --name=value for every job, or step: --name=value for the job of one step",
    ),
    "skip-clean": flag("Neither empty S3 prefixes nor reset bookmarks", false),
    "expect-release": text("Fail before the run unless the jobs run this release: a release id, or current"),
    timeout: duration("Limit of the whole run", "2h"),
    "max-dpu-seconds": positiveNumber("Fail the run when its jobs use more DPU-seconds than this"),
    "max-scan-mb": positiveNumber("Fail the run when its queries scan more megabytes than this"),
    resume: choice(
      "Whether a re-run of the workflow run goes on where its last attempt ended: what passed is kept, what is still running is followed on",
      ["auto", "never"],
      "auto",
    ),
    comment: commentInput("the result"),
    "github-token": githubToken,
    "report-dir": textWithDefault("Folder for the reports", "reports"),
    "report-language": choice("Language of the reports", ["en", "pt-BR"], "en"),
  },
  outputs: {
    result: {
      description: "passed, failed, timed-out or cancelled",
      schema: z.enum(["passed", "failed", "timed-out", "cancelled"]),
    },
    "failed-step": textOutput("The first step that failed"),
    "report-markdown": textOutput("Path of the Markdown report"),
    "report-html": textOutput("Path of the HTML report"),
    "report-json": textOutput("Path of the JSON report"),
    "report-junit": textOutput("Path of the JUnit XML report"),
  },
});

export type RunE2eInputs = Inputs<typeof runE2e>;
export type RunE2eOutputs = Outputs<typeof runE2e>;
