import type { Usage } from "../e2e/result.ts";
import type { E2eWords } from "./e2e-words.ts";

/** What was used and, where there is one, its budget; undefined where nothing was used and nothing limits it. */
export function usageText(
  { used, max }: Usage[keyof Usage],
  format: (value: number) => string,
  { labels }: E2eWords,
): string | undefined {
  if (max !== undefined) return `${format(used)} (${labels.budget}: ${format(max)})`;
  return used === 0 ? undefined : format(used);
}
