import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CommentSection,
  commentLimit,
  composeComment,
  readSections,
  withSection,
} from "../../src/github/comment-body.ts";
import { cutMarkdown } from "../../src/github/cut-markdown.ts";

const base: CommentSection = { key: "validate-glue dev", calm: false, runId: "1", markdown: "text" };
const where = "It is all in the summary.";
const block = fc.constantFrom(
  "a paragraph\nof two lines",
  "```diff\n- one\n\n+ two\n```",
  "````\n```\n\nnot the end\n````",
  "<details><summary>x</summary>\n\n```sh\nls\n```\n\n</details>",
  "| a |\n|---|\n| b |",
  `${"long ".repeat(200)}`,
);

describe("cutMarkdown", () => {
  it("keeps what fits as it is", () => expect(cutMarkdown("a\n\nb", 4, "cut")).toBe("a\n\nb"));

  it("never exceeds the limit, and never leaves a fence or fold open", () => {
    void fc.assert(
      fc.property(
        fc.array(block, { maxLength: 12 }),
        fc.integer({ min: 20, max: 1_500 }),
        (blocks, limit) => {
          const whole = blocks.join("\n\n");
          const cut = cutMarkdown(whole, limit, "_cut_");
          expect(cut.length).toBeLessThanOrEqual(limit);
          const kept = cut === whole ? cut : cut.slice(0, -"_cut_".length).trimEnd();
          expect(whole.startsWith(kept)).toBe(true);
          expect((kept.match(/<details>/g) ?? []).length).toBe((kept.match(/<\/details>/g) ?? []).length);
          expect(
            (kept.match(/^````?(?!`)\w*$/gm) ?? []).length % 2 === 0 || kept.includes("````\n```\n"),
          ).toBe(true);
        },
      ),
    );
  });
});

describe("composeComment", () => {
  it("gives back the sections it was given, whatever their text is", () => {
    void fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.string({ maxLength: 200 }), (one, two) => {
        const texts = [one, two].map((text) => text.replaceAll("\r", ""));
        const sections = texts.map((markdown, index) => ({
          ...base,
          key: `validate-glue ${index}`,
          markdown,
        }));
        expect(readSections(composeComment(sections, where)).map(({ markdown }) => markdown)).toEqual(texts);
      }),
    );
  });

  it("keeps text from ending its section or beginning another", () => {
    const forged =
      '<!-- glue-deploy-toolkit:end -->\n<!-- glue-deploy-toolkit:begin key="x" run="9" calm="true" -->\nx';
    const [only, ...more] = readSections(composeComment([{ ...base, markdown: forged }], where));
    expect(more).toEqual([]);
    expect(only?.markdown).toContain("<!-- not glue-deploy-toolkit:end");
  });

  it("leaves a short section whole beside one that must be cut, and says where the rest is", () => {
    const long = Array.from({ length: 5_000 }, (_, line) => `paragraph ${line} of a long plan`).join("\n\n");
    const sections = [base, { ...base, key: "deploy-glue dev", markdown: long }];
    const body = composeComment(sections, where);
    expect(body.length).toBeLessThanOrEqual(commentLimit);
    expect(body.length).toBeGreaterThan(commentLimit - 100);
    const [first, second] = readSections(body);
    expect(first?.markdown).toBe("text");
    expect(second?.markdown).toMatch(
      /The rest is cut: a comment holds 65,536 characters\. It is all in the summary\._$/,
    );
  });

  it("fits several long sections, each with its share", () => {
    const long = "some words\n\n".repeat(9_000);
    const sections = ["a", "b", "c"].map((name) => ({ ...base, key: `deploy-glue ${name}`, markdown: long }));
    const body = composeComment(sections, where);
    expect(body.length).toBeLessThanOrEqual(commentLimit);
    expect(readSections(body).map(({ markdown }) => markdown.length > 20_000)).toEqual([true, true, true]);
  });
});

describe("withSection", () => {
  it.each([
    { was: "9", is: "10", wins: "new" },
    { was: "10", is: "9", wins: "old" },
    { was: "10", is: "10", wins: "new" },
    { was: "", is: "", wins: "new" },
    { was: "99999999999999999998", is: "99999999999999999997", wins: "old" },
  ])("of run $was and then $is keeps the $wins one", ({ was, is, wins }) => {
    const old = { ...base, runId: was, markdown: "old" };
    const [kept] = withSection([old], { ...base, runId: is, markdown: "new" });
    expect(kept?.markdown).toBe(wins);
  });
});
