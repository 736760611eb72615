import type { Octokit } from "@octokit/core";
import type { PaginateInterface } from "@octokit/plugin-paginate-rest";
import type { Clock } from "../base/clock.ts";
import type { Progress } from "../base/progress.ts";
import { retry } from "../base/retry.ts";
import { mayRetry, serverPause } from "./api-errors.ts";

/** GitHub's API as this token sees it, for one repository. */
export interface GitHubApi {
  readonly octokit: Octokit & { readonly paginate: PaginateInterface };
  /** The path parameters that every call has. */
  readonly target: { readonly owner: string; readonly repo: string };
}

export interface ApiAccess {
  /** e.g. `https://api.github.com`, or a GitHub Enterprise Server's `https://host/api/v3`. */
  readonly apiUrl: string;
  readonly token: string;
  /** `owner/name` */
  readonly repository: string;
  readonly userAgent: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

const requestMilliseconds = 20_000;
/** A cancelled run is killed some seconds later, and its last word is sent at once or not at all. */
const hurriedMilliseconds = 3_000;
/** What GitHub is waited for at most, rate limits included: a comment must not hold a deploy up. */
const patienceMilliseconds = 90_000;

/**
 * Connects to GitHub's API; Octokit is read only now. Calls are made one after the other, wait out a rate limit as long
 * as GitHub asks (docs.github.com, "Best practices for using the REST API"), and are sent again after a failure of the
 * server only where that can't do a thing twice.
 */
export async function connectApi(access: ApiAccess): Promise<GitHubApi> {
  const [{ Octokit: Core }, { paginateRest }] = await Promise.all([
    import("@octokit/core"),
    import("@octokit/plugin-paginate-rest"),
  ]);
  const Client = Core.plugin(paginateRest);
  const octokit = new Client({
    auth: access.token,
    baseUrl: access.apiUrl,
    userAgent: access.userAgent,
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  octokit.hook.wrap("request", (send, options) => {
    const name = `${options.method} ${options.url}`;
    const once = async () => {
      const signal = AbortSignal.timeout(access.signal.aborted ? hurriedMilliseconds : requestMilliseconds);
      const response = await send({ ...options, request: { ...options.request, signal } });
      const message = `${name}: ${response.status}, request ${response.headers["x-github-request-id"] ?? "unknown"}`;
      access.progress({ code: "github.call", level: "debug", message });
      return response;
    };
    if (access.signal.aborted) return once();
    return retry(once, {
      retryable: (thrown) => mayRetry(options.method, thrown),
      pause: (thrown) => serverPause(thrown, access.clock.now()),
      clock: access.clock,
      signal: access.signal,
      attempts: 4,
      firstMilliseconds: 1_000,
      totalMilliseconds: patienceMilliseconds,
    });
  });
  const [owner = "", repo = ""] = access.repository.split("/");
  return { octokit, target: { owner, repo } };
}
