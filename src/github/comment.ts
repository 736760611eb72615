import type { GitHubApi } from "./api.ts";
import {
  type CommentSection,
  composeComment,
  isNewerRun,
  readSections,
  withSection,
} from "./comment-body.ts";
import {
  createComment,
  deleteComment,
  findComments,
  type StoredComment,
  setMinimized,
  updateComment,
} from "./comment-store.ts";

export interface CommentOptions {
  readonly api: GitHubApi;
  readonly pullRequest: number;
  readonly section: CommentSection;
  /** A sentence that says where the whole of a cut section is. */
  readonly whereAll: string;
}

/** Address of the comment; undefined when there was nothing to tell and no comment to mend. */
export type CommentUrl = string | undefined;

/** GitHub has no conditional write for comments: what another job wrote in between is seen by reading again. */
const rounds = 4;

/**
 * Brings the pull request's one comment up to date with a section. It is written when there is something to tell, and
 * afterwards kept up to date: folded away as resolved when no section has anything left to tell, and unfolded again.
 */
export async function publishComment(options: CommentOptions): Promise<CommentUrl> {
  const { api, pullRequest, section } = options;
  let url: CommentUrl;
  for (let round = 1; round <= rounds; round += 1) {
    const comments = await findComments(api, pullRequest);
    const [first, ...others] = comments;
    const sections = withSection(merged(comments), section);
    const body = composeComment(sections, options.whereAll);
    for (const other of others) await deleteComment(api, other.id);
    url = first?.url;
    if (first === undefined) {
      if (section.calm) return undefined;
      await createComment(api, pullRequest, body);
    } else if (normal(first.body) === normal(body) || (round > 1 && stands(first, section))) {
      await fold(
        api,
        first,
        sections.every(({ calm }) => calm),
      );
      return url;
    } else await updateComment(api, first.id, body);
  }
  return url;
}

/** Whether the section, or a newer run's, is what the comment shows. */
function stands({ body }: StoredComment, { key, runId }: CommentSection): boolean {
  const found = readSections(body).find((section) => section.key === key);
  return found !== undefined && (found.runId === runId || isNewerRun(found.runId, runId));
}

/** All sections of all comments; two jobs that started at once may have made one each. */
function merged(comments: readonly StoredComment[]): readonly CommentSection[] {
  return comments
    .flatMap(({ body }) => readSections(body))
    .reduce<readonly CommentSection[]>((sections, section) => withSection(sections, section), []);
}

/** A comment that can't be folded still says what it should. */
async function fold(api: GitHubApi, { nodeId, minimized }: StoredComment, calm: boolean): Promise<void> {
  if (minimized !== calm) await setMinimized(api, nodeId, calm).catch(() => undefined);
}

/** GitHub may give line ends back as CRLF. */
function normal(body: string): string {
  return body.replaceAll("\r\n", "\n").trim();
}
