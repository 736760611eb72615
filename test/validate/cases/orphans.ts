import { body, fragment, guard, head, inMain, transformStep, whole, writeStep } from "./parts.ts";

/** A script in three parts: the middle one is the orphan, from its first to its last line of code. */
export interface OrphanCase {
  readonly name: string;
  readonly before: string;
  readonly orphan: string;
  readonly after?: string;
  /** Line of an independent syntax error that must be reported as well; Python up to 3.9 may name the next one. */
  readonly syntaxLine?: number;
}

const brokenBody = body.replace('logger.info("reading")', 'logger.info("reading"');
const brokenLine = body.split("\n").indexOf('logger.info("reading")') + 1;

/** Tails that CPython can't compile. */
export const brokenOrphans: readonly OrphanCase[] = [
  { name: "an indented fragment in mid-expression", before: whole, orphan: fragment },
  {
    name: "a fragment after comments and blank lines",
    before: `${whole}\n\n# leftover\n\n`,
    orphan: fragment,
  },
  { name: "a fragment with comments inside", before: whole, orphan: `${fragment}# more\n\nclean.show(\n` },
  { name: "a fragment before trailing comments", before: whole, orphan: fragment, after: "\n# the end\n\n" },
  { name: "a stray closing bracket", before: whole, orphan: ")\n" },
  { name: "a stray else", before: whole, orphan: 'else:\n    raw = spark.read.json(args["source"])\n' },
  { name: "a stray except", before: whole, orphan: "except Exception as error:\n    raise error\n" },
  {
    name: "a continued method chain",
    before: whole,
    orphan: '    .withColumn("x", F.lit(1))\n    .show()\n',
  },
  { name: "a closing bracket with a chain", before: whole, orphan: ').withColumn("x", F.lit(1))\n' },
  {
    name: "an unclosed call",
    before: whole,
    orphan: 'more = raw.select(\n    F.col("a"),\n    F.col("b"),\n',
  },
  { name: "an unclosed string", before: whole, orphan: 'sql = """\nSELECT *\nFROM cars\n' },
  { name: "prose", before: whole, orphan: "This job was moved to the new pipeline last week.\n" },
  { name: "markdown", before: whole, orphan: "```\n\n## Next steps\n\n- run the crawler\n" },
  {
    name: "pasted output",
    before: whole,
    orphan: '25/11/05 14:50:01 INFO Job: done\nTraceback (most recent call last):\n  File "x.py", line 3\n',
  },
  { name: "a shell command", before: whole, orphan: "aws glue start-job-run --job-name silver\n" },
  {
    name: "a fragment below a function that commits and another that it calls and that calls it",
    before: inMain.replace("    return frame", "    main()\n    return frame"),
    orphan: 'F.col("x").alias("y"),\n)\n',
    after: guard,
  },
  {
    name: "a whole second copy broken at the seam",
    before: whole,
    orphan: `        F.col("car_id"),\n    )\n${transformStep}${writeStep}\njob.commit()\n`,
  },
  {
    name: "a second copy with its own commit and a fragment in front",
    before: whole,
    orphan: `${fragment}${writeStep}\njob.commit()\n`,
  },
  {
    name: "healthy lines first, then a fragment",
    before: `${whole}print("done")\nspark.stop()\n`,
    orphan: fragment,
  },
  {
    name: "a parsing line of the copy before the one that CPython names",
    before: whole,
    orphan: `clean = clean.withColumn("day", F.to_date("at"))\n    F.col("engine.oil").alias("engine_oil"),\n)\n`,
  },
  {
    name: "after main() at the margin",
    before: `${inMain}\n\nmain()\n`,
    orphan: fragment,
  },
  { name: "after a guard", before: inMain + guard, orphan: `)\n${writeStep}` },
  {
    name: "after a commit inside a guard",
    before: `${body}\nif __name__ == "__main__":\n    job.commit()\n`,
    orphan: '        F.col("x"),\n    )\n',
  },
  {
    name: "in main(), after its commit",
    before: inMain,
    orphan: '        F.col("x").alias("y"),\n    )\n',
    after: guard,
  },
  {
    name: "in main(), dedented to the margin",
    before: inMain,
    orphan: 'F.col("x").alias("y"),\n)\n',
    after: guard,
  },
  {
    name: "in a try block, after its commit",
    before: `${head}\ntry:\n    raw = spark.read.parquet("s3://b/x")\n    raw.write.parquet("s3://b/y")\n    job.commit()\n`,
    orphan: '        F.col("x").alias("y"),\n    )\n',
    after: "except Exception as error:\n    print(error)\n    raise\n",
  },
  {
    name: "at the margin, in a try block in main()",
    before: `${head}\ndef main():\n    try:\n        raw = spark.read.parquet("s3://b/x")\n        raw.write.parquet("s3://b/y")\n        job.commit()\n`,
    orphan: 'FROM cars\n"""\nclean = spark.sql(query)\n',
    after: `    except Exception as error:\n        print(error)\n        raise\n${guard}`,
  },
  {
    name: "in a class, dedented to its body",
    before: `${head}\nclass Run:\n    def all(self):\n        raw = spark.read.parquet(\n            path="s3://b/x",\n            mergeSchema=True,\n        )\n        raw.write.parquet("s3://b/y")\n        job.commit()\n`,
    orphan: '    path="s3://b/x",\n    mergeSchema=True,\n)\n',
    after: "\n\nRun().all()\n",
  },
  {
    name: "that begins in main() and goes on at the margin",
    before: `${inMain.replace("    raw = ", "    if args:\n        print(1)\n    raw = ")}`,
    orphan: `        print(1)\n\ndef transform(frame):\n    return frame.withColumn("day", F.to_date("at")).filter(F.col("car_id").isNotNull())\n`,
    after: guard,
  },
  {
    name: "in a finally block's wake",
    before: `${body}try:\n    clean.write.parquet("s3://b/z")\nfinally:\n    job.commit()\n`,
    orphan: fragment,
  },
  {
    name: "under the name glueJob",
    before: whole.replaceAll(/\bjob\b(?=[ .])/g, "glueJob").replaceAll("awsglue.glueJob", "awsglue.job"),
    orphan: fragment,
  },
  {
    name: "under an alias of Job",
    before: whole
      .replace("import Job", "import Job as GlueRun")
      .replace("job = Job(", "j = GlueRun(")
      .replaceAll("job.init", "j.init")
      .replace("job.commit", "j.commit"),
    orphan: fragment,
  },
  {
    name: "after a one-line guard of the job",
    before: `${body}\nif job: job.commit()\n`,
    orphan: fragment,
  },
  {
    name: "after a wrapper function's call",
    before: `${body}\ndef finish():\n    job.commit()\n    print("done")\n\n\nfinish()\n`,
    orphan: fragment,
  },
  {
    name: "after self.job in a class",
    before: `${head}
class Pipeline:
    def __init__(self):
        self.job = Job(glueContext)

    def run(self):
        raw = spark.read.parquet("s3://b/x")
        raw.write.parquet("s3://b/y")
        self.job.commit()


Pipeline().run()
`,
    orphan: fragment,
  },
  {
    name: "although the body has its own syntax error",
    before: `${brokenBody}\njob.commit()\n`,
    orphan: fragment,
    syntaxLine: brokenLine,
  },
  {
    name: "that parses, although the body has its own syntax error",
    before: `${body.replace("raw = spark.read", "raw = = spark.read")}\njob.commit()\n`,
    orphan: 'extra = clean.groupBy("day").count()\nextra.write.parquet("s3://b/extra")\n',
    syntaxLine: body.split("\n").indexOf('raw = spark.read.parquet(args["source"])') + 1,
  },
  { name: "return at the margin", before: whole, orphan: "return clean\n" },
  {
    name: "a second copy with a __future__ import",
    before: `from __future__ import division\n${whole}`,
    orphan: `from __future__ import division\n${whole.trimEnd()}\n`,
  },
  {
    name: "a conditional commit before a repeated fragment",
    before: `${body}\nif args["bookmark"]:\n    job.commit()\n`,
    orphan: `)\n${transformStep}`,
  },
];

/** Tails that parse: only their meaning tells them apart. */
export const parsingOrphans: readonly OrphanCase[] = [
  { name: "the write step once more", before: whole, orphan: writeStep.trimStart().replace("# Write\n", "") },
  {
    name: "the transform step once more",
    before: `${whole}\n# Transform\n`,
    orphan: transformStep.replace("\n# Transform\n", ""),
  },
  { name: "a whole second copy with its own commit", before: whole, orphan: whole },
  {
    name: "a whole second copy in main form",
    before: `${inMain}\n\nmain()\n`,
    orphan: `${inMain}\n\nmain()\n`,
  },
  { name: "a forgotten write", before: whole, orphan: 'clean.write.json("s3://b/copy")\n' },
  {
    name: "a dedented fragment that parses",
    before: whole,
    orphan: 'F.col("engine.oil").alias("engine_oil"),\n',
  },
  { name: "a bare column expression", before: whole, orphan: 'F.col("engine.oil").alias("engine_oil")\n' },
  {
    name: "new work after healthy lines, before others",
    before: `${whole}print("done")\n\n`,
    orphan:
      'late = spark.read.parquet("s3://b/late")\nlate = late.dropDuplicates(["car_id"])\nlate.write.parquet("s3://b/late2")\n',
    after: "spark.stop()\n",
  },
  {
    name: "a DynamicFrame write",
    before: whole,
    orphan:
      'glueContext.write_dynamic_frame.from_options(\n    frame=clean,\n    connection_type="s3",\n    format="parquet",\n)\n',
  },
  {
    name: "a mapping",
    before: whole,
    orphan: 'mapped = ApplyMapping.apply(frame=raw, mappings=[("a", "string", "b", "string")])\n',
  },
  {
    name: "an inserting statement of SQL",
    before: whole,
    orphan: 'spark.sql("INSERT INTO gold.cars SELECT * FROM clean")\n',
  },
  {
    name: "a repeated function definition",
    before: `${inMain}\n\nmain()\n`,
    orphan:
      'def transform(frame):\n    return frame.withColumn("day", F.to_date("at")).filter(F.col("car_id").isNotNull())\n\n\ndef main():\n    raw = spark.read.parquet(args["source"])\n    clean = transform(raw)\n    clean.write.mode("overwrite").parquet(args["target"])\n    job.commit()\n',
  },
  { name: "pasted output that happens to parse", before: whole, orphan: "Status: SUCCEEDED\n" },
  {
    name: "work in main() after its commit",
    before: inMain,
    orphan: '    late = spark.read.parquet("s3://b/late")\n    late.write.parquet("s3://b/late2")\n',
    after: guard,
  },
  {
    name: "work in a try block after its commit",
    before: `${head}\ntry:\n    raw = spark.read.parquet("s3://b/x")\n    raw.write.parquet("s3://b/y")\n    job.commit()\n`,
    orphan: '    raw.write.json("s3://b/z")\n',
    after: "except Exception as error:\n    print(error)\n    raise\n",
  },
  {
    name: "work after a try statement that commits",
    before: `${head}\ntry:\n    raw = spark.read.parquet("s3://b/x")\n    raw.write.parquet("s3://b/y")\nfinally:\n    job.commit()\n`,
    orphan: 'raw.write.json("s3://b/z")\n',
  },
  {
    name: "a sink that is only set up once more",
    before: `${whole.replace("\njob.commit", 'sink = glueContext.getSink(\n    path=args["target"],\n    connection_type="s3",\n)\nsink.setCatalogInfo(\n    catalogDatabase="gold",\n    catalogTableName="cars",\n)\nsink.writeFrame(clean)\njob.commit')}`,
    orphan:
      'sink = glueContext.getSink(\n    path=args["target"],\n    connection_type="s3",\n)\nsink.setCatalogInfo(\n    catalogDatabase="gold",\n    catalogTableName="cars",\n)\n',
  },
  { name: "the setup once more", before: `${whole}\n`, orphan: head.split("\n").slice(9).join("\n") },
  {
    name: "work in a branch",
    before: whole,
    orphan: 'if args["target"]:\n    clean.write.json("s3://b/z")\n',
  },
];

/** Tails that one token would make valid code of: they may be slips, so no word of an orphan. */
export const slipTails: readonly { readonly name: string; readonly script: string }[] = [
  { name: "a tail that ends in mid-word", script: `${whole}clean = clean.withColumn("day", F.to_d` },
  {
    name: "a quote that opens a string between main() and its call",
    script: `${inMain}"""\nraw.show()\n${guard}`,
  },
  {
    name: "an indented guard",
    script: `${inMain}${guard.replace("if __name__", " if __name__")}`,
  },
  { name: "a guard without its colon", script: `${inMain}${guard.replace('":', '"')}` },
  { name: "an unclosed call", script: `${whole}print("done"\n` },
  { name: "a bracket too many", script: `${whole}print("done"))\nspark.stop()\n` },
  { name: "a string without its end", script: `${whole}print("done)\nspark.stop()\n` },
  {
    name: "a missing bracket in a notification",
    script: `${whole}sns = boto3.client("sns"\nsns.publish(TopicArn="a", Message="done")\n`,
  },
];
