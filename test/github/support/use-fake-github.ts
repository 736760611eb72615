import { afterEach, beforeEach, expect } from "vitest";
import { silent } from "../../../src/base/progress.ts";
import { connectApi, type GitHubApi } from "../../../src/github/api.ts";
import { fakeClock } from "../../support/fake-clock.ts";
import { type FakeGitHub, startFakeGitHub } from "./fake-github.ts";

export interface Connected {
  readonly github: FakeGitHub;
  readonly clock: ReturnType<typeof fakeClock>;
  readonly abort: AbortController;
  readonly api: GitHubApi;
}

/** A GitHub of each test's own, and a connection; after the test no request may have been wrong by GitHub's description. */
export function useFakeGitHub(): { readonly current: Connected } {
  const holder: { connected?: Connected } = {};
  beforeEach(async () => {
    const github = await startFakeGitHub();
    const clock = fakeClock(1_800_000_000_000);
    const abort = new AbortController();
    const access = { apiUrl: github.url, token: "t", repository: "acme/cars", userAgent: "test" };
    const api = await connectApi({ ...access, clock, signal: abort.signal, progress: silent });
    holder.connected = { github, clock, abort, api };
  });
  afterEach(async () => {
    const { github } = holder.connected ?? {};
    await github?.stop();
    expect(github?.problems).toEqual([]);
  });
  return {
    get current() {
      if (holder.connected === undefined) throw new Error("it starts before each test");
      return holder.connected;
    },
  };
}
