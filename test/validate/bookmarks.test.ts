import { describe, expect, it } from "vitest";
import { composeFindings } from "../../src/validate/compose.ts";
import type { Finding } from "../../src/validate/findings.ts";
import { validateScripts } from "../../src/validate/validate.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { body, head, inMain, whole } from "./cases/parts.ts";
import { checkTexts, installedPythons, judgeOptions, scriptsWith } from "./support.ts";

const plain = body.trimEnd();
const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, "    ");

const [python] = (await installedPythons()).filter(({ minor }) => minor[1] === 11);
if (python === undefined) throw new Error("these tests need Python 3.11");

/** What is found in a script, as for a job that keeps bookmarks. */
async function check(script: string): Promise<Finding[]> {
  const [answer] = await checkTexts(python as NonNullable<typeof python>, [script]);
  return answer === undefined ? [] : composeFindings("job.py", answer);
}

/** Rule and first line of each finding. */
async function findingsOf(script: string): Promise<[string, number][]> {
  return (await check(script)).map(({ rule, startLine }) => [rule, startLine]);
}

const lineOf = (script: string, text: string): number =>
  script.split("\n").findLastIndex((line) => line.includes(text)) + 1;

it.each(["finish(job)", "finish(spark, job)"])(
  "accuses no script that hands its job on: %s",
  async (call) => {
    expect(await findingsOf(`${plain}\nfrom shop.helpers import finish\n${call}\n`)).toEqual([]);
  },
);

describe("rules about the commit", () => {
  it.each([
    ["missing-commit", "no commit", plain, "job.init"],
    ["missing-commit", "another library's commit", `${plain}\nconn.commit()\n`, "job.init"],
    ["missing-commit", "a commit in a string", `${plain}\nprint("job.commit()")\n`, "job.init"],
    ["conditional-commit", "an if", `${plain}\nif raw.count() > 3:\n    job.commit()\n`, "job.commit"],
    [
      "conditional-commit",
      "an if in main()",
      `${head}\ndef main():\n    raw = spark.read.parquet("s3://b/x")\n    if raw.count() > 3:\n        raw.write.parquet("s3://b/y")\n        job.commit()\n\nmain()\n`,
      "job.commit",
    ],
    ["missing-init", "no init", whole.replace(/^job\.init.*\n/m, ""), "job.commit"],
    [
      "commit-not-last",
      "an object with data",
      `${whole}boto3.client("s3").put_object(Bucket="b", Key="cars.json", Body=b"{}")\n`,
      "put_object",
    ],
    [
      "commit-not-last",
      "the only write",
      `${head}raw = spark.read.parquet("s3://b/x")\njob.commit()\nraw.write.parquet("s3://b/y")\n`,
      "raw.write",
    ],
  ])("finds %s: %s", async (rule, _, script, text) => {
    expect(await findingsOf(script)).toEqual([[rule, lineOf(script, text)]]);
  });

  it.each([
    ["the whole job", whole],
    ["a commit in both branches", `${plain}\nif raw.count():\n    job.commit()\nelse:\n    job.commit()\n`],
    [
      "a branch that fails",
      `${plain}\nif raw.count():\n    job.commit()\nelse:\n    raise ValueError("no rows")\n`,
    ],
    [
      "an early exit",
      `${head}if not sys.argv:\n    job.commit()\n    sys.exit(0)\n${body.replace(head, "")}job.commit()\n`,
    ],
    ["a question about where it runs", `${plain}\nif not args.get("local"):\n    job.commit()\n`],
    ["a question for the job", `${plain}\nif job:\n    job.commit()\n`],
    [
      "a loop over tables",
      `${head}for name in ["a", "b"]:\n    spark.table(name).write.saveAsTable("s." + name)\n    job.commit()\n`,
    ],
    ["a commit in main()", `${inMain}\n\nif __name__ == "__main__":\n    main()\n`],
    [
      "a commit in try",
      `${head}try:\n${indented(body.replace(head, ""))}    job.commit()\nexcept Exception:\n    raise\n`,
    ],
    ["an init in a helper", `${whole.replace(/^job\.init/m, "begin = job.init\nbegin")}`],
    ["a job that is handed in", "from awsglue.job import Job\n\n\ndef finish(job: Job):\n    job.commit()\n"],
    ["an empty marker", `${whole}boto3.client("s3").put_object(Bucket="b", Key="x/_SUCCESS")\n`],
    [
      "the console's template that commits first",
      `${head}job.commit()\nraw = spark.read.parquet("s3://b/x")\nraw.write.parquet("s3://b/y")\n`,
    ],
    ["a script without Glue", "print('hello')\n"],
  ])("leaves alone: %s", async (_, script) => {
    expect(await findingsOf(script)).toEqual([]);
  });

  it("asks no commit of a job without bookmarks", async () => {
    const scripts = await scriptsWith({ "job.py": plain });
    const result = await validateScripts({
      ...judgeOptions,
      scripts,
      failOn: "error",
      clock: fakeClock(),
    });
    expect(result.findings).toEqual([]);
  });
});

describe("duplicate-code", () => {
  const steps = Array.from({ length: 12 }, (_, index) => `value_${index} = load("table_${index}")\n`).join(
    "",
  );
  const helper = `def helper(frame):\n${indented(steps.split("\n").slice(0, 6).join("\n"))}\n    return frame\n`;

  it.each([
    ["a run of statements", `${steps}print("between")\n${steps}`, 14, 25],
    ["a function", `${helper}\n\n${helper}`, 11, 18],
  ])("finds %s that stands twice", async (_, script, first, last) => {
    expect(await check(script)).toMatchObject([
      {
        rule: "duplicate-code",
        severity: "warning",
        startLine: first,
        endLine: last,
        related: [{ startLine: 1 }],
      },
    ]);
  });

  it.each([
    ["a long query", `${["a", "b"].map((name) => `${name} = """\n${steps}"""\n`).join("")}`],
    [
      "a long list of columns",
      `${["a", "b"].map((name) => `${name} = [\n${steps.replaceAll(/.+/g, "    '$&',")}]\n`).join("")}`,
    ],
    ["a few equal lines", `${steps.slice(0, 150)}\nprint(1)\n${steps.slice(0, 150)}\n`],
    ["one line many times", "x = 1\n".repeat(500)],
  ])("leaves alone: %s", async (_, script) => {
    expect((await check(script)).map(({ rule }) => rule).filter((rule) => rule !== "syntax-error")).toEqual(
      [],
    );
  });
});

describe("files that are no Python 3", () => {
  it.each([
    ["Python 2 code (a print statement)", 'import sys\nprint "cars", 3\n'],
    ["Python 2 code (except …, name)", "try:\n    pass\nexcept ValueError, error:\n    pass\n"],
    ["a notebook's magic command (%glue_version)", "%glue_version 4.0\nimport sys\n"],
    ["a notebook's magic command (!pip)", "import sys\n!pip install pandas\n"],
    ["a markdown fence", "```python\nimport sys\n```\n"],
    ["a template's placeholder ({{ table }})", "name = {{ table }} + 1 2\n"],
    ["a template's placeholder (${bucket})", "path = ${bucket}\n"],
    ["a downloaded web page", "<!DOCTYPE html>\n<html>\n"],
    ["a diff", "--- a/job.py\n+++ b/job.py\n@@ -1 +1 @@\n-x\n+y z\n"],
    ["an odd character: U+201C left double quotation mark", "name = \u201ccars\u201d\n"],
    ["an odd character: U+200B zero width space", "x = 1\u200b\n"],
  ])("are named: %s", async (kind, script) => {
    expect(await check(script)).toMatchObject([
      { rule: "syntax-error", message: expect.stringContaining(kind) },
    ]);
  });
});
