/**
 * Markdown of at most `limit` characters: whole blocks are left out at the end, so that no fence, table or fold stays
 * open, and `notice` says so.
 */
export function cutMarkdown(markdown: string, limit: number, notice: string): string {
  if (markdown.length <= limit) return markdown;
  const kept: string[] = [];
  let room = limit - notice.length;
  for (const block of blocksOf(markdown)) {
    room -= block.length + separator.length;
    if (room < 0) break;
    kept.push(block);
  }
  return [...kept, notice].join(separator).slice(0, limit);
}

const separator = "\n\n";

/** Blocks between blank lines; a fenced block or a `<details>` element is one, whatever blank lines it has. */
function blocksOf(markdown: string): readonly string[] {
  const blocks: string[][] = [[]];
  let fence: string | undefined;
  let folds = 0;
  for (const line of markdown.split("\n")) {
    const mark = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
    if (fence !== undefined) {
      if (mark?.[1]?.startsWith(fence) === true && mark[2]?.trim() === "") fence = undefined;
    } else if (mark?.[1] !== undefined) fence = mark[1];
    else folds += count(line, "<details") - count(line, "</details>");
    if (line.trim() === "" && fence === undefined && folds <= 0) blocks.push([]);
    else blocks.at(-1)?.push(line);
  }
  return blocks.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}
