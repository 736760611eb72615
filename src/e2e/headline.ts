import { plainText } from "../base/plain-text.ts";
import type { Problem, RunInfo } from "./result.ts";

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

/** The problem with the address of its line at the deployed commit, where the run's own address tells the host. */
export function withLink(problem: Problem, { url = "", repository }: RunInfo): Problem {
  const { headline, source } = problem;
  const host = /^https?:\/\/[^/]+/.exec(url)?.[0];
  if (
    headline === undefined ||
    host === undefined ||
    repository === undefined ||
    source?.commit === undefined
  )
    return problem;
  const path = source.path.split("/").map(encodeURIComponent).join("/");
  return {
    ...problem,
    headline: { ...headline, url: `${host}/${repository}/blob/${source.commit}/${path}#L${source.line}` },
  };
}
