import * as z from "zod";
import type { GitHubApi } from "./api.ts";
import { commentMarker } from "./comment-body.ts";

const commentSchema = z.object({
  id: z.number(),
  node_id: z.string(),
  body: z.string().nullish(),
  html_url: z.string(),
  user: z.object({ type: z.string().optional() }).nullish(),
});

/** A comment of the toolkit's on a pull request. */
export interface StoredComment {
  readonly id: number;
  readonly nodeId: string;
  readonly body: string;
  readonly url: string;
  readonly minimized: boolean;
}

const ownershipSchema = z.object({
  nodes: z.array(
    z
      .object({
        id: z.string().optional(),
        viewerDidAuthor: z.boolean().optional(),
        isMinimized: z.boolean().optional(),
      })
      .nullable(),
  ),
});

/** Exported for the tests, which check them against GitHub's schema. */
export const graphqlDocuments = {
  ownership:
    "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on IssueComment { id viewerDidAuthor isMinimized } } }",
  minimize:
    "mutation ($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: RESOLVED }) { minimizedComment { isMinimized } } }",
  show: "mutation ($id: ID!) { unminimizeComment(input: { subjectId: $id }) { unminimizedComment { isMinimized } } }",
} as const;

/**
 * The toolkit's comments that this token wrote, oldest first. A marker is text that anybody can post, so a comment of
 * somebody else's is never taken for ours.
 */
export async function findComments(api: GitHubApi, pullRequest: number): Promise<readonly StoredComment[]> {
  const { octokit, target } = api;
  const pages = octokit.paginate.iterator("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    ...target,
    issue_number: pullRequest,
    per_page: 100,
  });
  const marked: z.infer<typeof commentSchema>[] = [];
  for await (const { data } of pages) {
    const comments = z.array(commentSchema).parse(data);
    marked.push(...comments.filter(({ body }) => body?.startsWith(commentMarker) === true));
  }
  if (marked.length === 0) return [];
  const facts = await ownership(api, marked);
  return marked
    .filter(({ node_id, user }) => facts.get(node_id)?.own ?? user?.type === "Bot")
    .map(({ id, node_id, body, html_url }) => ({
      id,
      nodeId: node_id,
      body: body ?? "",
      url: html_url,
      minimized: facts.get(node_id)?.minimized ?? false,
    }));
}

export async function createComment(api: GitHubApi, pullRequest: number, body: string): Promise<void> {
  await api.octokit.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    ...api.target,
    issue_number: pullRequest,
    body,
  });
}

export async function updateComment(api: GitHubApi, id: number, body: string): Promise<void> {
  await api.octokit.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
    ...api.target,
    comment_id: id,
    body,
  });
}

export async function deleteComment(api: GitHubApi, id: number): Promise<void> {
  await api.octokit.request("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", {
    ...api.target,
    comment_id: id,
  });
}

/** Folds a comment away as resolved, or unfolds it. */
export async function setMinimized(api: GitHubApi, nodeId: string, minimized: boolean): Promise<void> {
  await api.octokit.graphql(minimized ? graphqlDocuments.minimize : graphqlDocuments.show, { id: nodeId });
}

/** What only GraphQL tells; empty where it can't be asked. */
async function ownership(
  { octokit }: GitHubApi,
  comments: readonly { readonly node_id: string }[],
): Promise<ReadonlyMap<string, { readonly own: boolean; readonly minimized: boolean }>> {
  try {
    const ids = comments.map(({ node_id }) => node_id);
    const { nodes } = ownershipSchema.parse(await octokit.graphql(graphqlDocuments.ownership, { ids }));
    return new Map(
      nodes.flatMap((node) =>
        node?.id === undefined
          ? []
          : [[node.id, { own: node.viewerDidAuthor === true, minimized: node.isMinimized === true }]],
      ),
    );
  } catch {
    return new Map();
  }
}
