import * as z from "zod";
import type { GitHubApi } from "./api.ts";

export interface DeploymentOptions {
  readonly api: GitHubApi;
  readonly environment: string;
  /** Commit that is deployed. */
  readonly ref: string;
  readonly description: string;
  /** Whether to make a deployment even where GitHub made one for the job, which is of the workflow's commit. */
  readonly fresh?: boolean;
  readonly runId: string;
  /** Page of the run, with its summary. */
  readonly runUrl: string;
}

export type DeploymentState = "in_progress" | "success" | "failure" | "error" | "inactive";

/** A deployment on GitHub whose state is reported as it goes. */
export interface GitHubDeployment {
  readonly id: number;
  /** @param description at most 140 characters are kept, GitHub's limit */
  report(state: DeploymentState, description: string): Promise<void>;
}

const descriptionLimit = 140;
/** Newest deployments of the commit that are looked at; the job's own is among the first. */
const looked = 10;

const deploymentSchema = z.object({ id: z.number() });
const statusSchema = z.object({ log_url: z.string().optional(), target_url: z.string().optional() });

/**
 * The deployment of this run to an environment: the one that GitHub made for a job with `environment:`, else a new one,
 * in progress from now on.
 */
export async function startDeployment(options: DeploymentOptions): Promise<GitHubDeployment> {
  const own = options.fresh === true ? undefined : await ownDeployment(options);
  const id = own ?? (await createDeployment(options));
  const deployment: GitHubDeployment = {
    id,
    report: async (state, description) => {
      await options.api.octokit.request("POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses", {
        ...options.api.target,
        deployment_id: id,
        state,
        environment: options.environment,
        log_url: options.runUrl,
        environment_url: options.runUrl,
        description: short(description),
        auto_inactive: true,
      });
    },
  };
  await deployment.report("in_progress", options.description);
  return deployment;
}

/** GitHub makes a deployment by itself for a job that names an environment; its status links to the run. */
async function ownDeployment(options: DeploymentOptions): Promise<number | undefined> {
  const { api, environment, ref, runId } = options;
  const { data } = await api.octokit.request("GET /repos/{owner}/{repo}/deployments", {
    ...api.target,
    sha: ref,
    environment,
    per_page: looked,
  });
  for (const { id } of z.array(deploymentSchema).parse(data)) {
    const statuses = await api.octokit.request(
      "GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses",
      { ...api.target, deployment_id: id, per_page: looked },
    );
    const links = z.array(statusSchema).parse(statuses.data);
    const isOwn = ({ log_url = "", target_url = "" }: z.infer<typeof statusSchema>): boolean =>
      [log_url, target_url].some((url) => `${url}/`.includes(`/actions/runs/${runId}/`));
    if (links.some(isOwn)) return id;
  }
  return undefined;
}

/** The deploy has its own checks, and merges nothing. */
async function createDeployment({ api, environment, ref, description }: DeploymentOptions): Promise<number> {
  const { data } = await api.octokit.request("POST /repos/{owner}/{repo}/deployments", {
    ...api.target,
    ref,
    environment,
    description: short(description),
    auto_merge: false,
    required_contexts: [],
  });
  return deploymentSchema.parse(data).id;
}

function short(text: string): string {
  return text.length <= descriptionLimit ? text : `${text.slice(0, descriptionLimit - 1)}…`;
}
