import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import * as z from "zod";
import { safeGit } from "../base/safe-git.ts";

const variables = z.object({
  GITHUB_WORKSPACE: z.string().optional(),
  GITHUB_REPOSITORY: z.string().optional(),
  GITHUB_SHA: z.string().optional(),
  GITHUB_REF_NAME: z.string().optional(),
  GITHUB_RUN_ID: z.string().optional(),
  GITHUB_RUN_ATTEMPT: z.string().optional(),
  GITHUB_ACTOR: z.string().optional(),
  GITHUB_EVENT_NAME: z.string().optional(),
  GITHUB_EVENT_PATH: z.string().optional(),
  GITHUB_SERVER_URL: z.string().default("https://github.com"),
  GITHUB_API_URL: z.string().default("https://api.github.com"),
});

const repository = z.object({ full_name: z.string() }).nullish();
const payload = z.object({
  before: z.string().optional(),
  pull_request: z
    .object({
      number: z.number(),
      base: z.object({ sha: z.string(), repo: repository }),
      head: z.object({ sha: z.string(), repo: repository }),
    })
    .optional(),
});

/** What is known about the workflow run; outside GitHub most of it is undefined. */
export interface GitHubContext {
  /** Absolute path of the checkout. */
  readonly workspace: string;
  readonly repository: string | undefined;
  readonly commit: string | undefined;
  readonly runId: string | undefined;
  readonly runAttempt: string | undefined;
  readonly runUrl: string | undefined;
  readonly actor: string | undefined;
  readonly event: string | undefined;
  /** A pull request whose head lies in another repository: no secrets, a read-only token. */
  readonly fromFork: boolean;
  readonly pullRequest: number | undefined;
  /** The pull request's own newest commit; `commit` is its merge with the base. */
  readonly pullRequestHead: string | undefined;
  /** The commit to compare with to see what the event changed. */
  readonly baseCommit: string | undefined;
  readonly apiUrl: string;
}

/** Reads the runner's environment and event file; an unreadable event counts as none. */
export function readContext(environment: NodeJS.ProcessEnv, currentFolder: string): GitHubContext {
  const env = variables.parse(environment);
  const event = readEvent(env.GITHUB_EVENT_PATH);
  const pull = event?.pull_request;
  const workspace = env.GITHUB_WORKSPACE ?? currentFolder;
  const hasRun = env.GITHUB_RUN_ID !== undefined && env.GITHUB_REPOSITORY !== undefined;
  return {
    workspace,
    repository: env.GITHUB_REPOSITORY,
    commit: env.GITHUB_SHA ?? headCommit(workspace),
    runId: env.GITHUB_RUN_ID,
    runAttempt: env.GITHUB_RUN_ATTEMPT,
    runUrl: hasRun
      ? `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/actions/runs/${env.GITHUB_RUN_ID}`
      : undefined,
    actor: env.GITHUB_ACTOR,
    event: env.GITHUB_EVENT_NAME,
    fromFork: pull !== undefined && pull.head.repo?.full_name !== pull.base.repo?.full_name,
    pullRequest: pull?.number,
    pullRequestHead: pull?.head.sha,
    baseCommit: pull?.base.sha ?? event?.before,
    apiUrl: env.GITHUB_API_URL,
  };
}

/** The checkout's own commit, for runs outside GitHub. */
function headCommit(workspace: string): string | undefined {
  const { status, stdout } = spawnSync("git", [...safeGit, "rev-parse", "HEAD"], {
    cwd: workspace,
    encoding: "utf8",
  });
  return status === 0 ? stdout.trim() : undefined;
}

function readEvent(path: string | undefined): z.infer<typeof payload> | undefined {
  if (path === undefined) return undefined;
  try {
    return payload.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}
