import { validate } from "@octokit/graphql-schema";
import { describe, expect, it } from "vitest";
import { publishComment } from "../../src/github/comment.ts";
import {
  type CommentSection,
  commentMarker,
  composeComment,
  readSections,
} from "../../src/github/comment-body.ts";
import { graphqlDocuments } from "../../src/github/comment-store.ts";
import { useFakeGitHub } from "./support/use-fake-github.ts";

const world = useFakeGitHub();
const whereAll = "It is all in the summary.";

function section(more: Partial<CommentSection> = {}): CommentSection {
  return { key: "validate-glue dev", calm: false, runId: "100", markdown: "## one error", ...more };
}

function publish(more: Partial<CommentSection> = {}) {
  return publishComment({ api: world.current.api, pullRequest: 7, section: section(more), whereAll });
}

const plan = { key: "deploy-glue dev", markdown: "## a plan" };
const written = () => world.current.github.requests.filter(({ method }) => method !== "GET");

describe("publishComment", () => {
  it("writes one comment, and writes nothing when it already says the same", async () => {
    await publish();
    const { github } = world.current;
    expect(github.comments).toHaveLength(1);
    expect(readSections(github.comments[0]?.body ?? "")).toEqual([section()]);
    const before = written().filter(({ path }) => !path.includes("graphql")).length;
    expect(await publish()).toBe(`https://github.test/c/${github.comments[0]?.id}`);
    expect(written().filter(({ path }) => !path.includes("graphql"))).toHaveLength(before);
  });

  it("keeps the sections of two actions in the one comment, in the actions' order", async () => {
    await publish(plan);
    await publish();
    await publish({ ...plan, runId: "101", markdown: "## another plan" });
    const { comments } = world.current.github;
    expect(comments).toHaveLength(1);
    expect(readSections(comments[0]?.body ?? "").map(({ markdown }) => markdown)).toEqual([
      "## one error",
      "## another plan",
    ]);
  });

  it("doesn't put an older run's section in the place of a newer one's", async () => {
    await publish({ runId: "200", markdown: "new" });
    await publish({ runId: "99", markdown: "old" });
    expect(readSections(world.current.github.comments[0]?.body ?? "")[0]?.markdown).toBe("new");
  });

  it("writes none when there is nothing to tell, but mends the one that is there and folds it, and unfolds it", async () => {
    const { comments } = world.current.github;
    await publish({ calm: true, markdown: "fine" });
    expect(comments).toEqual([]);
    await publish();
    await publish({ calm: true, runId: "101", markdown: "fine" });
    expect(comments).toMatchObject([{ minimized: true, body: expect.stringContaining("fine") }]);
    await publish({ runId: "102" });
    expect(comments).toMatchObject([{ minimized: false }]);
  });

  it("stays unfolded while another section has something to tell", async () => {
    await publish(plan);
    await publish({ calm: true, markdown: "fine" });
    expect(world.current.github.comments).toMatchObject([{ minimized: false }]);
  });

  it("finds its comment behind two full pages of others", async () => {
    const { comments } = world.current.github;
    const others = (from: number) =>
      Array.from({ length: 120 }, (_, index) => ({
        id: from + index,
        body: "hi",
        author: "somebody" as const,
        minimized: false,
      }));
    comments.push(...others(1_000));
    await publish();
    comments.unshift(...others(2_000));
    await publish({ runId: "101", markdown: "again" });
    expect(comments.filter(({ body }) => body.startsWith(commentMarker))).toHaveLength(1);
    expect(world.current.github.requests.some(({ path }) => path.includes("page=3"))).toBe(true);
  });

  it.each(["somebody", "another-bot"] as const)(
    "leaves a comment of %s alone, whatever marker it bears",
    async (author) => {
      const { comments } = world.current.github;
      const body = composeComment([section({ markdown: "forged" })], whereAll);
      comments.push({ id: 1_000, body, author, minimized: false });
      await publish();
      expect(comments).toHaveLength(2);
      expect(comments[0]?.body).toBe(body);
      expect(comments[1]?.body).not.toContain("forged");
    },
  );

  it("still tells its own from a person's where GraphQL can't be asked", async () => {
    const { github } = world.current;
    github.failAlways(/graphql/, { status: 403 });
    github.comments.push({
      id: 1_000,
      body: composeComment([section()], whereAll),
      author: "somebody",
      minimized: false,
    });
    await publish();
    await publish({ runId: "101", markdown: "again" });
    expect(github.comments).toHaveLength(2);
    expect(github.comments[1]?.body).toContain("again");
  });

  it("merges the comments that two jobs made at once into the older one", async () => {
    const { comments } = world.current.github;
    const made = (id: number, own: Partial<CommentSection>) =>
      comments.push({ id, body: composeComment([section(own)], whereAll), author: "us", minimized: false });
    made(1_000, {});
    made(1_001, plan);
    await publish({ runId: "101", markdown: "again" });
    expect(comments.map(({ id }) => id)).toEqual([1_000]);
    expect(readSections(comments[0]?.body ?? "").map(({ markdown }) => markdown)).toEqual([
      "again",
      "## a plan",
    ]);
  });

  it("writes its section again when another job wrote over it", async () => {
    const { github } = world.current;
    await publish(plan);
    const stale = github.comments[0]?.body ?? "";
    const update = publish();
    // the other job had read the comment before, and writes what it had read right after ours is written
    const other = setInterval(() => {
      const comment = github.comments[0];
      if (comment === undefined || comment.body === stale) return;
      comment.body = stale;
      clearInterval(other);
    }, 0);
    await update;
    clearInterval(other);
    expect(readSections(github.comments[0]?.body ?? "")).toHaveLength(2);
  });
});

describe("the GraphQL documents", () => {
  it.each(Object.entries(graphqlDocuments))("%s is valid by GitHub's schema", (_, document) => {
    expect(validate(document)).toEqual([]);
  });
});
