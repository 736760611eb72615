import type { Clock } from "../base/clock.ts";
import type { Progress } from "../base/progress.ts";
import type { GitHubApi } from "../github/api.ts";
import type { GitHubContext } from "../github/context.ts";
import type { GitHubDeployment } from "../github/deployment.ts";
import { explainMissing } from "../github/explain-failure.ts";
import type { Suggestion } from "../github/suggestions.ts";
import { version } from "./version.ts";

export interface ReportsHost {
  readonly inputs: { readonly "github-token": string | undefined };
  readonly context: GitHubContext;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

export interface PullRequestSection {
  readonly key: string;
  readonly calm: boolean;
  readonly markdown: string;
}

/** What an action says on GitHub besides its log and summary. Nothing here throws: what can't be said becomes a note. */
export interface GitHubReports {
  comment(section: PullRequestSection): Promise<void>;
  /** Gives the suggestions that stand on the pull request's lines. */
  suggest(suggestions: readonly Suggestion[], title: string): Promise<readonly Suggestion[]>;
  /**
   * @param ref the commit that is deployed
   * @param fresh whether to make a new deployment, for the one that GitHub made for the job is of the workflow's commit
   */
  startDeployment(
    environment: string,
    ref: string,
    options?: { readonly fresh?: boolean },
  ): Promise<Pick<GitHubDeployment, "report">>;
  /** One line for each thing that couldn't be said, for the summary. */
  readonly notes: readonly string[];
}

const noToken = "github-token is empty, and without a token nothing can be written on GitHub.";

/** Opens the way to GitHub; its client is loaded and connected when there is something to say. */
export function openReports(host: ReportsHost): GitHubReports {
  const { context, progress } = host;
  const notes: string[] = [];
  const connect = once(() => connectTo(host));
  const tell = (level: "info" | "warning", message: string): void => {
    notes.push(message);
    progress({ code: "github.missing", level, message });
  };
  const attempt = async <T>(
    what: string,
    permission: string,
    act: (api: GitHubApi) => Promise<T>,
  ): Promise<T | undefined> => {
    try {
      const api = await connect();
      if (api === undefined) tell("info", `No ${what}: ${noToken}`);
      return api === undefined ? undefined : await act(api);
    } catch (thrown) {
      const { level, message } = explainMissing(what, permission, thrown, context);
      tell(level, message);
      return undefined;
    }
  };
  return {
    notes,
    comment: async (section) => {
      const { pullRequest, runId = "", runUrl = "" } = context;
      if (pullRequest === undefined) return;
      const { publishComment } = await import("../github/comment.ts");
      const whereAll = `All of it is in the [summary of the run](${runUrl}) and its files.`;
      await attempt("comment", "pull-requests: write", (api) =>
        publishComment({ api, pullRequest, section: { ...section, runId }, whereAll }),
      );
    },
    suggest: async (suggestions, title) => {
      const { pullRequest, pullRequestHead: headCommit } = context;
      if (pullRequest === undefined || headCommit === undefined || suggestions.length === 0) return [];
      const { publishSuggestions } = await import("../github/suggestions.ts");
      const placed = await attempt("suggestion", "pull-requests: write", (api) =>
        publishSuggestions({ api, pullRequest, headCommit, suggestions, title }),
      );
      return placed ?? [];
    },
    startDeployment: async (environment, ref, { fresh = false } = {}) => {
      const { runId = "", runUrl = "" } = context;
      const { startDeployment } = await import("../github/deployment.ts");
      const options = { environment, ref, fresh, runId, runUrl, description: "deploying Glue scripts" };
      const permission = "deployments: write";
      const deployment = await attempt("deployment record", permission, (api) =>
        startDeployment({ ...options, api }),
      );
      return {
        report: async (state, description) => {
          if (deployment === undefined) return;
          await attempt("deployment status", permission, () => deployment.report(state, description));
        },
      };
    },
  };
}

/** A summary with its notes as its last line. */
export function withNotes(summary: string, notes: readonly string[]): string {
  return notes.length === 0
    ? summary
    : `${summary.trimEnd()}\n\n${notes.map((note) => `> ℹ️ ${note}`).join("\n>\n")}\n`;
}

async function connectTo(host: ReportsHost): Promise<GitHubApi | undefined> {
  const { context, clock, signal, progress } = host;
  const token = host.inputs["github-token"];
  if (token === undefined || context.repository === undefined) return undefined;
  const { connectApi } = await import("../github/api.ts");
  const { apiUrl, repository } = context;
  const userAgent = `glue-deploy-toolkit/${version}`;
  return connectApi({ apiUrl, token, repository, userAgent, clock, signal, progress });
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
