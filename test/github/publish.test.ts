import { describe, expect, it } from "vitest";
import { readContext } from "../../src/github/context.ts";
import { cutToBytes } from "../../src/github/publish.ts";
import { workspaceWith } from "../support/workspace.ts";

describe("cutToBytes", () => {
  it("leaves what fits", () => expect(cutToBytes("abc", 100)).toBe("abc"));

  it("cuts at a line's end, within the limit in bytes, and says so", () => {
    const cut = cutToBytes("é\n".repeat(1000), 400);
    expect(Buffer.byteLength(cut)).toBeLessThan(400);
    expect(cut).toMatch(/^(é\n)*é\n\n_The rest is cut/);
  });
});

describe("readContext", () => {
  const event = (head: string) => ({
    pull_request: {
      number: 7,
      base: { sha: "b", repo: { full_name: "me/cars" } },
      head: { sha: "h", repo: { full_name: head } },
    },
  });

  it.each([
    ["me/cars", false],
    ["you/cars", true],
  ])("of a pull request from %s: from a fork is %s", async (head, fromFork) => {
    const workspace = await workspaceWith({ "event.json": JSON.stringify(event(head)) });
    const context = readContext({ GITHUB_EVENT_PATH: `${workspace}/event.json` }, "/here");
    expect(context).toMatchObject({ fromFork, pullRequest: 7, baseCommit: "b", workspace: "/here" });
  });

  it("is empty, not broken, outside GitHub", () => {
    expect(readContext({}, "/here")).toMatchObject({ fromFork: false, runUrl: undefined, commit: undefined });
  });
});
