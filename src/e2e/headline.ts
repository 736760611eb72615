import { plainText } from "../base/plain-text.ts";
import type { Problem, RunInfo, SourceLines } from "./result.ts";

const longest = 300;

/** The one sentence that stands before all details: the exception, and where in the deployed code it was raised. */
export function headlineOf(exception: string, { source, location }: Partial<Problem>): string {
  const [first = ""] = exception.split("\n", 1);
  const path = source?.path ?? location?.path;
  const line = source?.line ?? location?.line;
  const place = path === undefined ? "" : ` — ${path}${line === undefined ? "" : `:${line}`}`;
  const commit = source?.commit === undefined ? "" : ` (${source.commit.slice(0, 12)})`;
  return `${plainText(first, longest)}${place}${commit}`;
}

/** The address of a line at the deployed commit, where the run's own address tells the host. */
export function sourceUrl(
  { path, line, commit }: Pick<SourceLines, "path" | "line" | "commit">,
  { url = "", repository }: RunInfo,
): string | undefined {
  const host = /^https?:\/\/[^/]+/.exec(url)?.[0];
  if (host === undefined || repository === undefined || commit === undefined) return undefined;
  return `${host}/${repository}/blob/${commit}/${path.split("/").map(encodeURIComponent).join("/")}#L${line}`;
}

/** The problem with the address of its line in its headline. */
export function withLink(problem: Problem, run: RunInfo): Problem {
  const { headline, source } = problem;
  const url = source && sourceUrl(source, run);
  return headline === undefined || url === undefined
    ? problem
    : { ...problem, headline: { ...headline, url } };
}
