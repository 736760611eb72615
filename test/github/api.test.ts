import { describe, expect, it } from "vitest";
import { publishComment } from "../../src/github/comment.ts";
import { explainMissing } from "../../src/github/explain-failure.ts";
import type { Fault } from "./support/fake-github.ts";
import { useFakeGitHub } from "./support/use-fake-github.ts";

const world = useFakeGitHub();
const section = { key: "validate-glue dev", calm: false, runId: "1", markdown: "text" };
const list = /^GET .*\/issues\/7\/comments/;
const create = /^POST .*\/issues\/7\/comments/;

function publish() {
  return publishComment({ api: world.current.api, pullRequest: 7, section, whereAll: "" });
}

async function failureOf(act: () => Promise<unknown>, context = { fromFork: false, actor: "me" }) {
  const thrown = await act().then(
    () => undefined,
    (error: unknown) => error,
  );
  return explainMissing("comment", "pull-requests: write", thrown, context);
}

const secondary = "You have exceeded a secondary rate limit";

describe("a rate limit", () => {
  it.each<{ name: string; fault: Fault; waits: number }>([
    { name: "with retry-after", fault: { status: 429, headers: { "retry-after": "7" } }, waits: 7_000 },
    {
      name: "that is secondary, with retry-after",
      fault: { status: 403, headers: { "retry-after": "3" }, message: secondary },
      waits: 3_000,
    },
    { name: "that is secondary, without", fault: { status: 403, message: secondary }, waits: 60_000 },
    {
      name: "with the time of its reset",
      fault: { status: 403, headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1800000012" } },
      waits: 12_000,
    },
  ])("$name is waited out, for a call that writes as well", async ({ fault, waits }) => {
    const { github, clock } = world.current;
    github.fail(create, fault);
    await publish();
    expect(clock.slept).toEqual([waits]);
    expect(github.comments).toHaveLength(1);
  });

  it("that lasts longer than a deploy should wait is given up at once, in one line", async () => {
    const { github, clock } = world.current;
    github.fail(list, { status: 429, headers: { "retry-after": "3600" } });
    expect(await failureOf(publish)).toEqual({
      level: "warning",
      message: "No comment: GitHub's rate limit didn't lift in time.",
    });
    expect(clock.slept).toEqual([]);
  });
});

describe("a failure of GitHub's", () => {
  it("is tried again where nothing can be done twice", async () => {
    const { github, clock } = world.current;
    github.fail(list, { status: 502 }, { status: 500 });
    await publish();
    expect(clock.slept).toHaveLength(2);
    expect(github.comments).toHaveLength(1);
  });

  it("after a comment was made doesn't make a second one", async () => {
    const { github } = world.current;
    github.fail(create, { status: 502, after: true });
    expect((await failureOf(publish)).message).toContain("GitHub's API didn't answer as it should (502");
    await publish();
    expect(github.comments).toHaveLength(1);
  });

  it("that stays is given up after four tries", async () => {
    const { github } = world.current;
    github.failAlways(list, { status: 503, message: "down" });
    expect((await failureOf(publish)).message).toBe(
      "No comment: GitHub's API didn't answer as it should (503: down).",
    );
    expect(github.requests).toHaveLength(4);
  });

  it("to answer at all is told", async () => {
    await world.current.github.stop();
    const { level, message } = await failureOf(publish);
    expect(level).toBe("warning");
    expect(message).toMatch(/^No comment: GitHub's API didn't answer as it should \(no answer: /);
  });
});

describe("a refusal", () => {
  const cannot = "Resource not accessible by integration";
  it.each([
    {
      status: 403,
      message: cannot,
      fork: true,
      level: "info",
      says: "comes from a fork, whose token may only read",
    },
    {
      status: 403,
      message: cannot,
      actor: "dependabot[bot]",
      level: "info",
      says: "that Dependabot started",
    },
    { status: 403, message: cannot, level: "info", says: "Give the job `pull-requests: write`" },
    { status: 401, message: "Bad credentials", level: "warning", says: "GitHub doesn't know the token" },
    {
      status: 404,
      message: "Not Found",
      level: "warning",
      says: "(404): it may lack `pull-requests: write`",
    },
    {
      status: 422,
      message: "Validation Failed",
      level: "warning",
      says: "refused it (422): Validation Failed",
    },
  ])("$status, fork $fork, by $actor, is told in one line and not tried again", async (row) => {
    const { github } = world.current;
    github.failAlways(create, { status: row.status, message: row.message });
    const told = await failureOf(publish, { fromFork: row.fork === true, actor: row.actor ?? "me" });
    expect(told.level).toBe(row.level);
    expect(told.message).toContain(row.says);
    expect(told.message).not.toContain("\n");
    expect(github.requests.filter(({ method }) => method === "POST")).toHaveLength(1);
  });
});

describe("a cancelled run", () => {
  it("still says its last word, once", async () => {
    const { github, abort } = world.current;
    abort.abort(new Error("cancelled"));
    github.fail(list, { status: 502 });
    expect((await failureOf(publish)).message).toContain("502");
    await publish();
    expect(github.comments).toHaveLength(1);
  });
});
