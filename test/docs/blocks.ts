import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");

/** A fenced block of a page. */
export interface Block {
  readonly file: string;
  readonly line: number;
  /** The words after the fence: language first. */
  readonly info: string;
  readonly text: string;
}

/** Every fenced block of every page of the repository. */
export function allBlocks(): readonly Block[] {
  const pages = globSync(
    ["*.md", "docs/**/*.md", "actions/*/README.md", "examples/**/*.md", "sandbox/*.md"],
    { cwd: root, exclude: (name) => name.includes("node_modules") },
  );
  return pages.sort().flatMap((file) => blocksOf(file, readFileSync(join(root, file), "utf8")));
}

function blocksOf(file: string, page: string): Block[] {
  return [...page.matchAll(/^( *)```([^\n`]*)\n([\s\S]*?)^\1```$/gm)].map((match) => {
    const [, indent = "", info = "", text = ""] = match;
    const line = page.slice(0, match.index).split("\n").length;
    return { file, line, info: info.trim(), text: text.replaceAll(new RegExp(`^${indent}`, "gm"), "") };
  });
}

/** Commands of a shell block: a line each, comments left out. */
export function commandsOf({ text }: Block): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.replace(/(?:^|\s+)#\s.*$/, "").trim())
    .filter((line) => line !== "");
}
