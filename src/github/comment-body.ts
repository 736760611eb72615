import { cutMarkdown } from "./cut-markdown.ts";

/** GitHub's limit of a comment: "body is too long (maximum is 65536 characters)". */
export const commentLimit = 65_536;

/** What one action has to say about one environment: its part of the pull request's one comment. */
export interface CommentSection {
  /** Whose it is, such as `validate-glue dev`; sections stand in the order of their keys. */
  readonly key: string;
  /** Nothing to tell: a reason neither to write a comment nor to show one. */
  readonly calm: boolean;
  /** The workflow run it is from; an older run doesn't replace a newer one's. */
  readonly runId: string;
  readonly markdown: string;
}

const name = "glue-deploy-toolkit";
/** First line of the comment, by which it is found again. */
export const commentMarker = `<!-- ${name}:comment -->`;

const sectionPattern = new RegExp(
  `<!-- ${name}:begin key="([^"]*)" run="(\\d*)" calm="(true|false)" -->\\n([\\s\\S]*?)\\n<!-- ${name}:end -->`,
  "g",
);

/** The sections that a comment holds. */
export function readSections(body: string): readonly CommentSection[] {
  return [...body.replaceAll("\r\n", "\n").matchAll(sectionPattern)].map(
    ([, key = "", runId = "", calm = "", markdown = ""]) => ({ key, runId, calm: calm === "true", markdown }),
  );
}

/** The sections with this one in its place, unless a newer run's stands there. */
export function withSection(
  sections: readonly CommentSection[],
  own: CommentSection,
): readonly CommentSection[] {
  const previous = sections.find(({ key }) => key === own.key);
  if (previous !== undefined && isNewerRun(previous.runId, own.runId)) return sections;
  return [...sections.filter(({ key }) => key !== own.key), own];
}

/**
 * The comment's text, within GitHub's limit: short sections stay whole, long ones share what room is left.
 * @param whereAll ends the sentence that says where the rest of a cut section is
 */
export function composeComment(sections: readonly CommentSection[], whereAll: string): string {
  const ordered = [...sections].sort((a, b) => (rank(a.key) + a.key < rank(b.key) + b.key ? -1 : 1));
  const frames = ordered.map((section) => frame({ ...section, markdown: "" }).length + 2);
  const room = commentLimit - commentMarker.length - frames.reduce((sum, length) => sum + length, 0);
  const markdown = ordered.map((section) => defuse(section.markdown));
  const share = fairShare(
    markdown.map(({ length }) => length),
    room,
  );
  const notice = `_The rest is cut: a comment holds ${commentLimit.toLocaleString("en")} characters. ${whereAll}_`;
  const shown = ordered.map((section, index) =>
    frame({ ...section, markdown: cutMarkdown(markdown[index] ?? "", share, notice) }),
  );
  return [commentMarker, ...shown].join("\n\n");
}

function frame({ key, runId, calm, markdown }: CommentSection): string {
  const attributes = `key="${key.replaceAll(/[^\w ./:@-]/g, "_")}" run="${runId.replaceAll(/\D/g, "")}" calm="${calm}"`;
  return `<!-- ${name}:begin ${attributes} -->\n${markdown}\n<!-- ${name}:end -->`;
}

/** Text of scripts and services must not be able to end a section or begin one. */
function defuse(markdown: string): string {
  return markdown.replaceAll(`<!-- ${name}`, `<!-- not ${name}`);
}

/** What each may have at most, so that all fit. */
function fairShare(lengths: readonly number[], room: number): number {
  const sorted = [...lengths].sort((a, b) => a - b);
  let left = room;
  for (const [index, length] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - index));
    if (length > share) return share;
    left -= length;
  }
  return room;
}

const order = ["validate-glue", "deploy-glue", "run-e2e"];

function rank(key: string): string {
  return String(order.findIndex((action) => key.startsWith(action)));
}

/** Ids of workflow runs grow. */
export function isNewerRun(id: string, than: string): boolean {
  return /^\d+$/.test(id) && /^\d+$/.test(than) && BigInt(id) > BigInt(than);
}
