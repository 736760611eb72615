import { causes } from "../src/e2e/causes.ts";

/** The table of what an end-to-end run can name as a cause; facts stand as `…`. */
export function causesTable(): string {
  const rows = Object.entries(causes).map(
    ([code, cause]) =>
      `| \`${code}\` | ${plain(cause.message)} | ${plain(cause.remedy)}${"source" in cause ? ` ([source](${cause.source}))` : ""} |`,
  );
  return ["| code | message | what to do |", "|---|---|---|", ...rows].join("\n");
}

function plain(text: string): string {
  return text
    .replaceAll(/\{\w+\}/g, "…")
    .replaceAll("|", "\\|")
    .replaceAll("<", "\\<");
}
