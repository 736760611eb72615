import { describe, expect, it } from "vitest";
import { codeAfterCommit } from "../../src/e2e/orphan-code.ts";

describe("code after the final commit", () => {
  it.each<[string, string[], number, string | undefined]>([
    ["after the only commit", ["x = 1", "job.commit()", "y = ("], 3, "2"],
    ["after a commit that is indented", ["if x:", "    job.commit()", "y = ("], 3, "2"],
    ["between two commits", ["job.commit()", "y = (", "job.commit()"], 2, "1"],
    ["after two commits", ["job.commit()", "job.commit()", "y = ("], 3, "2"],
    ["after a job of another name", ["glue=Job(context)", "glue.commit()", "y = ("], 3, "2"],
    [
      "after a job that a comment calls otherwise",
      ["# glue = Job(context)", "job.commit()", "y = ("],
      3,
      "2",
    ],
    ["in the commit's own line", ["x = 1", "job.commit()", "y = 1"], 2, undefined],
    ["before the commit", ["x = (", "job.commit()"], 1, undefined],
    ["in the last of two commits", ["if x:", "    job.commit()", "job.commit() ("], 3, undefined],
    ["after another thing's commit", ["connection.commit()", "y = ("], 2, undefined],
  ])("is where a line failed %s", (_, lines, line, commitLine) => {
    expect(codeAfterCommit(lines, line)?.["commitLine"]).toBe(commitLine);
  });

  const five = ["a = 1", "b = 2", "c = 3", "d = 4", "e = 5"];
  const commit = "job.commit()";
  it.each<[string, string[], (number | undefined)[]]>([
    ["five lines", [...five, commit, "(", ...five], [8, 12, 1, 5]],
    ["four lines, which look alike by chance", [...five.slice(1), commit, "(", ...five.slice(1)], []],
    ["lines indented otherwise", [...five.map((line) => `    ${line}`), commit, ...five], [7, 11, 1, 5]],
    ["lines that go on otherwise", [...five, "f = 6", commit, ...five, "g = 7"], [8, 12, 1, 5]],
    ["no blank line before them", ["", ...five, commit, "", ...five], [9, 13, 2, 6]],
    ["the first of two copies", [...five, commit, ...five, "(", ...five], [7, 11, 1, 5]],
    ["the first of two originals", [...five, "(", ...five, commit, ...five], [13, 17, 1, 5]],
    ["the longest piece", ["f = 6", ...five, commit, ...five, "(", "f = 6", ...five], [14, 19, 1, 6]],
    [
      "the longest piece, though a shorter one follows",
      [...five, "f = 6", commit, ...five, "f = 6", "(", ...five],
      [8, 13, 1, 6],
    ],
    ["no line beyond the commit", [...five, commit, ...five, commit, ...five, commit], [7, 12, 1, 6]],
    ["nothing of what only the rest repeats", ["x = 1", commit, ...five, ...five], []],
  ])("repeats %s", (_, lines, [repeatedFrom, repeatedTo, originalFrom, originalTo]) => {
    const facts = codeAfterCommit(lines, lines.indexOf(commit) + 2) ?? {};
    const told = [facts["repeatedFrom"], facts["repeatedTo"], facts["originalFrom"], facts["originalTo"]];
    const numbers = [repeatedFrom, repeatedTo, originalFrom, originalTo];
    expect(told).toEqual(numbers.map((number) => (number === undefined ? undefined : String(number))));
  });
});
