import { createHash } from "node:crypto";
import * as z from "zod";
import type { GitHubApi } from "./api.ts";
import { isInDiff } from "./diff-lines.ts";

/** A change that GitHub can apply with a button: what replaces these lines stands in a suggestion block of `markdown`. */
export interface Suggestion {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  /** The whole file as it was checked: the lines count only if the pull request's head has the same bytes. */
  readonly content: Uint8Array;
  readonly markdown: string;
}

export interface SuggestionOptions {
  readonly api: GitHubApi;
  readonly pullRequest: number;
  readonly headCommit: string;
  readonly suggestions: readonly Suggestion[];
  /** First words of the review. */
  readonly title: string;
}

/** More would be noise, and no review needs them: the comment has the rest. */
const shown = 10;

const fileSchema = z.object({
  filename: z.string(),
  sha: z.string().nullable(),
  patch: z.string().optional(),
});
const reviewCommentSchema = z.object({
  body: z.string(),
  line: z.number().nullish(),
  path: z.string(),
});

/**
 * Puts suggestions on the lines of the pull request's diff, in one review, each once however often it is run.
 * Gives those that stand there now; the others are on lines that the diff doesn't show, or of a file that the base
 * changed as well, and belong into the comment.
 */
export async function publishSuggestions(options: SuggestionOptions): Promise<readonly Suggestion[]> {
  const { api, pullRequest, headCommit, title } = options;
  if (options.suggestions.length === 0) return [];
  const placeable = (await inDiff(options)).slice(0, shown);
  if (placeable.length === 0) return [];
  const standing = await standingMarkers(api, pullRequest);
  const missing = placeable.filter((suggestion) => !standing.has(markerOf(suggestion)));
  if (missing.length > 0) {
    await api.octokit.request("POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews", {
      ...api.target,
      pull_number: pullRequest,
      commit_id: headCommit,
      event: "COMMENT",
      body: title,
      comments: missing.map((suggestion) => ({
        path: suggestion.path,
        ...position(suggestion),
        body: `${markerOf(suggestion)}\n${suggestion.markdown}`,
      })),
    });
  }
  return placeable;
}

function position({ startLine, endLine }: Suggestion) {
  const last = { line: endLine, side: "RIGHT" };
  return startLine === endLine ? last : { start_line: startLine, start_side: "RIGHT", ...last };
}

async function inDiff(options: SuggestionOptions): Promise<readonly Suggestion[]> {
  const { api, pullRequest, suggestions } = options;
  const wanted = new Set(suggestions.map(({ path }) => path));
  const files = new Map<string, z.infer<typeof fileSchema>>();
  const pages = api.octokit.paginate.iterator("GET /repos/{owner}/{repo}/pulls/{pull_number}/files", {
    ...api.target,
    pull_number: pullRequest,
    per_page: 100,
  });
  for await (const { data } of pages) {
    for (const file of z.array(fileSchema).parse(data))
      if (wanted.has(file.filename)) files.set(file.filename, file);
  }
  return suggestions.filter(({ path, startLine, endLine, content }) => {
    const file = files.get(path);
    if (file?.patch === undefined || file.sha !== blobId(content)) return false;
    return isInDiff(file.patch, { start: startLine, end: endLine });
  });
}

/** Markers of the suggestions whose lines the diff still has; GitHub gives an outdated comment no line. */
async function standingMarkers(api: GitHubApi, pullRequest: number): Promise<ReadonlySet<string>> {
  const pages = api.octokit.paginate.iterator("GET /repos/{owner}/{repo}/pulls/{pull_number}/comments", {
    ...api.target,
    pull_number: pullRequest,
    per_page: 100,
  });
  const markers = new Set<string>();
  for await (const { data } of pages) {
    for (const { body, line } of z.array(reviewCommentSchema).parse(data)) {
      const marker = /^<!-- glue-deploy-toolkit:suggestion \w+ -->/.exec(body)?.[0];
      if (marker !== undefined && typeof line === "number") markers.add(marker);
    }
  }
  return markers;
}

function markerOf({ path, startLine, endLine, content }: Suggestion): string {
  const lines = Buffer.from(content)
    .toString("utf8")
    .split("\n")
    .slice(startLine - 1, endLine);
  const digest = createHash("sha256")
    .update([path, ...lines].join("\n"))
    .digest("hex");
  return `<!-- glue-deploy-toolkit:suggestion ${digest.slice(0, 24)} -->`;
}

/** Git's own name of a file's bytes. */
function blobId(content: Uint8Array): string {
  return createHash("sha1").update(`blob ${content.byteLength}\0`).update(content).digest("hex");
}
