import * as z from "zod";
import type { GitHubApi } from "./api.ts";

const comparison = z.object({ status: z.enum(["diverged", "ahead", "behind", "identical"]) });

/**
 * Whether a commit is an ancestor of another one (docs.github.com, "Compare two commits": the status is that of the
 * second commit as seen from the first).
 * @throws RequestError of Octokit, also where GitHub doesn't know a commit
 */
export async function isBehind(
  { octokit, target }: GitHubApi,
  commit: string,
  than: string,
): Promise<boolean> {
  const { data } = await octokit.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
    ...target,
    basehead: `${than}...${commit}`,
    per_page: 1,
  });
  return comparison.parse(data).status === "behind";
}
