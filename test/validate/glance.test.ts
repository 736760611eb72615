import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { InterpreterFinder } from "../../src/validate/interpreter.ts";
import { runChecker } from "../../src/validate/process.ts";
import { healthyScripts, lateSyntaxErrors, syntaxErrors } from "./cases/healthy.ts";
import { brokenOrphans, parsingOrphans } from "./cases/orphans.ts";
import { checkerFolder, environment } from "./support.ts";

const scripts = [
  ...[...brokenOrphans, ...parsingOrphans].map(({ before, orphan, after = "" }) => before + orphan + after),
  ...[...healthyScripts, ...syntaxErrors, ...lateSyntaxErrors].map(({ script }) => script),
];
const additions = [
  "job.commit()",
  "job.commit() # done",
  "  ",
  "",
  "\f",
  "job.commit();",
  "job.commit()\r",
  "conn.commit()",
  "df.write.parquet('x')",
  "# glue-toolkit: ignore[orphan-code] meant",
  "# job.commit()",
  "'.commit()'",
  "print(1)",
  "args = getResolvedOptions(sys.argv, ['JOB_NAME', 'JOB_RUN_ID'])",
  "args = getResolvedOptions(sys.argv, ['a', 'a'])",
  "a = glueContext.create_dynamic_frame.from_catalog(database='d', table_name='t')",
  "a = glueContext.create_dynamic_frame.from_catalog('d', 't', '', 'ctx')",
  "a = glueContext.create_dynamic_frame.from_options('s3', {}, transformation_ctx='ctx')",
  "password = 't0p-hat-42'",
  "options = {'url': 'jdbc:mysql://h/d?user=u&password=t0p-hat-42'}",
  "get_ipython().system('ls')",
];

/** A script cut off, with lines taken out, repeated and added, under other line ends. */
const edited = fc
  .record({
    script: fc.constantFrom(...scripts),
    cut: fc.nat({ max: 80 }),
    edits: fc.array(fc.record({ at: fc.nat({ max: 80 }), line: fc.constantFrom(...additions) }), {
      maxLength: 3,
    }),
    tail: fc.array(fc.constantFrom(...additions), { maxLength: 3 }),
    end: fc.constantFrom("\n", "\r\n", "\r"),
    final: fc.boolean(),
  })
  .map(({ script, cut, edits, tail, end, final }) => {
    const lines = script.trimEnd().split("\n");
    const kept = cut < 20 ? lines.slice(0, Math.max(1, lines.length - cut)) : lines;
    for (const { at, line } of edits) kept.splice(at % (kept.length + 1), at % 2, line);
    return [...kept, ...tail].join(end) + (final ? end : "");
  });

it("answers the same with and without its short cut", async () => {
  const python = await new InterpreterFinder(environment).find([3, 11]);
  const texts = [...scripts, ...fc.sample(edited, { seed: 11, numRuns: 1_000 })];
  const folder = await mkdtemp(join(tmpdir(), "glue-toolkit-glance-"));
  try {
    const files = texts.map((_, id) => join(folder, `script_${id}.py`));
    await Promise.all(files.map((file, id) => writeFile(file, texts[id] ?? "")));
    const ask = async (thorough: boolean): Promise<string[]> => {
      const answers: string[] = [];
      const jobs = files.map((path, id) => ({ id, path, name: "job.py" }));
      await runChecker({
        interpreter: python.path,
        checkerFolder,
        input: JSON.stringify({ scripts: jobs, thorough }),
        idleMilliseconds: 60_000,
        onLine: (line) => answers.push(line),
      });
      return answers;
    };
    const [short, thorough] = await Promise.all([ask(false), ask(true)]);
    expect(short).toHaveLength(texts.length + 1);
    expect(short.filter((line, index) => line !== thorough[index])).toEqual([]);
    expect(short.filter((line) => /"internal": "/.test(line))).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);
