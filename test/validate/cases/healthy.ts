import { body, guard, head, inMain, whole } from "./parts.ts";

/** Scripts that must get no finding. */
export const healthyScripts: readonly { readonly name: string; readonly script: string }[] = [
  { name: "a commit as the last line", script: whole },
  { name: "no line break at the end", script: whole.trimEnd() },
  { name: "no commit at all", script: body },
  { name: "an empty file", script: "" },
  { name: "only comments", script: "# nothing\n# here\n" },
  {
    name: "a form feed before the function that commits",
    script: inMain.replace("def main", "\fdef main") + guard,
  },
  {
    name: "spaces and a form feed, which start a line anew",
    script: inMain.replace("def main", "  \fdef main") + guard,
  },
  ...[
    ["stopping Spark", "spark.stop()\nsc.stop()\n"],
    ["stopping Spark without its brackets", "spark.stop\n"],
    ["logging and printing", 'logger.info("done")\nprint("=" * 60)\nprint(f"rows {1}")\n'],
    ["a printed count", 'print(f"rows: {clean.count()}")\nclean.show(5)\n'],
    ["timing", "import time\n\nelapsed = time.time() - 0\nprint(elapsed)\n"],
    ["an exit", "sys.exit(0)\n"],
    ["os._exit", "import os\n\nos._exit(0)\n"],
    ["a raise for collected errors", 'errors = []\nif errors:\n    raise RuntimeError("; ".join(errors))\n'],
    [
      "a notification",
      'sns = boto3.client("sns")\nsns.publish(\n    TopicArn="arn",\n    Subject="Glue",\n    Message="done",\n)\n',
    ],
    ["starting a crawler", 'glue = boto3.client("glue")\nglue.start_crawler(Name="silver")\n'],
    [
      "starting another job",
      'response = boto3.client("glue").start_job_run(JobName="next")\nprint(response["JobRunId"])\n',
    ],
    ["deleting a marker object", 'boto3.client("s3").delete_object(Bucket="b", Key="_RUNNING")\n'],
    [
      "renaming output objects",
      's3 = boto3.resource("s3")\nfor item in s3.Bucket("b").objects.filter(Prefix="out/part-"):\n    s3.Object("b", "out/cars.csv").copy_from(CopySource="b/" + item.key)\n    item.delete()\n',
    ],
    ["writing an object", 'boto3.client("s3").put_object(Bucket="b", Key="_SUCCESS", Body=b"")\n'],
    [
      "closing a connection",
      "connection = None\ncursor = None\nif connection:\n    cursor.close()\n    connection.commit()\n    connection.close()\n",
    ],
    ["a doubled commit", "job.commit()\n"],
    ["unpersisting", "clean.unpersist()\nraw.unpersist()\n"],
    ["a docstring", '"""\nHistory\n\nraw.write.parquet("x")\n"""\n'],
    ["commented-out code", '# clean.write.parquet("s3://b/x")\n# job.commit()\n'],
    [
      "an audit row",
      'audit = spark.createDataFrame([("silver", 1)], ["job", "rows"])\naudit.write.mode("append").saveAsTable("ops.audit")\n',
    ],
    ["an audit row by SQL", "spark.sql(\"INSERT INTO ops.audit VALUES ('silver', 1)\")\n"],
    [
      "catalog upkeep",
      'spark.sql("MSCK REPAIR TABLE silver.cars")\nspark.sql(f"ALTER TABLE {1} ADD IF NOT EXISTS PARTITION (day=1)")\n',
    ],
    ["dropping views", 'spark.catalog.dropTempView("v")\nspark.sql("DROP TABLE IF EXISTS tmp.x")\n'],
    ["looking at what was written", 'check = spark.read.parquet(args["target"])\nprint(check.count())\n'],
    [
      "looking through several frames",
      'check = spark.read.parquet(args["target"])\nper_day = check.groupBy("day").count()\nper_day.show()\n',
    ],
    [
      "failing on what was written",
      'check = spark.read.parquet(args["target"]).filter(F.col("day").isNull())\nif check.count() > 0:\n    raise ValueError("empty days")\n',
    ],
    [
      "path work",
      'import os\n\nplace = os.path.join("a", "b")\nlabel = ", ".join(["a", "b"])\nprint(place, label)\n',
    ],
    ["a local file by a short name", 'with open("/tmp/done", "w") as f:\n    f.write("done")\n'],
    ["a local file", 'with open("/tmp/done", "w") as file:\n    file.write("done")\n'],
    [
      "a try around a notification",
      'try:\n    boto3.client("sns").publish(TopicArn="a", Message="m")\nexcept Exception as error:\n    logger.warn(str(error))\n',
    ],
    [
      "a metrics dictionary",
      'metrics = {\n    "rows": clean.count(),\n    "job": args["JOB_NAME"],\n}\nprint(metrics)\n',
    ],
    ["a function of its own that is used", 'def notify(text):\n    print(text)\n\n\nnotify("done")\n'],
    ["a call of the job's own helper", 'update_status("ok")\n'],
    ["an awaiting query", "query = None\nquery.awaitTermination()\n"],
    ["a repeated separator", 'logger.info("reading")\nlogger.info("written")\n'],
    ["an ellipsis and a pass", "...\npass\n"],
  ].map(([name = "", tail = ""]) => ({ name: `a commit, then ${name}`, script: whole + tail })),
  { name: "a guard below main()", script: inMain + guard },
  { name: "main() called at the margin", script: `${inMain}\n\nmain()\n` },
  {
    name: "helpers defined below the main() that uses them",
    script: `${inMain}\n\ndef helper(frame):\n    late = frame.select("a")\n    late.write.parquet("s3://b/x")\n    return late\n${guard}`,
  },
  {
    name: "a guard after a commit at the margin",
    script: `${body}\ndef main():\n    print("x")\n\n\njob.commit()\n${guard}`,
  },
  {
    name: "a commit in finally",
    script: `${head}\ntry:\n    raw = spark.read.parquet("s3://b/x")\n    raw.write.parquet("s3://b/y")\nexcept Exception:\n    raise\nfinally:\n    job.commit()\n    spark.stop()\n`,
  },
  {
    name: "a commit in try with handlers",
    script: `${head}\ntry:\n    raw = spark.read.parquet("s3://b/x")\n    raw.write.parquet("s3://b/y")\n    job.commit()\n    print("ok")\nexcept Exception as error:\n    print(error)\n    raise\nelse:\n    print("done")\n`,
  },
  {
    name: "the console template that commits first",
    script: `${head}job.commit()\n\nraw = spark.read.parquet("s3://b/x")\nclean = raw.dropDuplicates()\nclean.write.parquet("s3://b/y")\n`,
  },
  {
    name: "the console template with functions below",
    script: `${head}job.commit()\n\nclient = boto3.client("glue")\n\n\ndef main():\n    raw = spark.read.csv("s3://b/x")\n    raw.write.parquet("s3://b/y")\n    return True\n${guard}`,
  },
  {
    name: "an early commit when there is nothing to do",
    script: `${head}\nraw = spark.read.parquet("s3://b/x")\nif raw.rdd.isEmpty():\n    job.commit()\n    sys.exit(0)\nclean = raw.dropDuplicates()\nclean.write.parquet("s3://b/y")\njob.commit()\n`,
  },
  {
    name: "an early commit and return in main()",
    script: `${head}\ndef main():\n    raw = spark.read.parquet("s3://b/x")\n    if raw.count() == 0:\n        job.commit()\n        return\n    raw.write.parquet("s3://b/y")\n    job.commit()\n${guard}`,
  },
  {
    name: "an early commit with the only other one missing",
    script: `${head}\nraw = spark.read.parquet("s3://b/x")\nif raw.count() == 0:\n    job.commit()\n    os._exit(0)\nraw.write.parquet("s3://b/y")\n`,
  },
  {
    name: "stages that commit one after the other",
    script: `${body}\njob.commit()\n\njob.init(args["JOB_NAME"] + "-gold", args)\ngold = clean.groupBy("day").agg(F.avg("engine_temperature"))\ngold.write.mode("append").saveAsTable("gold.temperature")\njob.commit()\n`,
  },
  {
    name: "a commit in a loop over tables",
    script: `${head}\nfor table in ["a", "b"]:\n    job.init(table, args)\n    raw = spark.table(table)\n    raw.write.parquet("s3://b/" + table)\n    job.commit()\n    late = raw.select("x")\n    late.write.parquet("s3://b/late")\n`,
  },
  {
    name: "a database connection's commit in the middle",
    script: `${head}\nconn = None\ncursor = None\ncursor.execute("DELETE FROM x")\nconn.commit()\nraw = spark.read.parquet("s3://b/x")\nraw.write.parquet("s3://b/y")\njob.commit()\n`,
  },
  {
    name: "a session's commit and no job's",
    script: `session = None\nsession.commit()\nframe = spark.read.parquet("s3://b/x")\nframe.write.parquet("s3://b/y")\n`,
  },
  {
    name: "a commit in a comment",
    script: `${head}\n# job.commit()\nraw = spark.read.parquet("s3://b/x")\nraw.write.parquet("s3://b/y")\n`,
  },
  {
    name: "a commit in a docstring",
    script: `"""\njob.commit()\n"""\n${head}\nraw = spark.read.parquet("s3://b/x")\nraw.write.parquet("s3://b/y")\n`,
  },
  {
    name: "a commit in a string",
    script: `${head}\ntemplate = '''\njob.commit()\n'''\nraw = spark.read.parquet("s3://b/x")\nraw.write.parquet("s3://b/y")\n`,
  },
  { name: "carriage returns as line ends", script: whole.replaceAll("\n", "\r") },
  { name: "Windows line ends", script: whole.replaceAll("\n", "\r\n") },
  { name: "a byte order mark", script: `\uFEFF${whole}` },
  { name: "form feeds between sections", script: whole.replace("# Read", "\f\n# Read") },
  { name: "a line separator in a string", script: whole.replace('"reading"', '"read\u2028ing"') },
  {
    name: "a latin-1 coding line in UTF-8 letters",
    script: `# -*- coding: latin-1 -*-\n${whole.replace('"reading"', '"lendo: ção"')}`,
  },
];

/** Scripts with an error in their body, which is no orphan. `line` is the finding's. */
export const syntaxErrors: readonly {
  readonly name: string;
  readonly script: string;
  readonly line: number;
}[] = [
  ["a missing colon", 'if args["x"]\n    print("x")\n', 1],
  ["a bad assignment", "raw = = 3\n", 1],
  ["a statement of Python 2", 'print "done"\n', 1],
  ["an unexpected indent", '    late = raw.select("a")\n', 1],
].map(([name = "", bad = "", at = 1]) => ({
  name: `${name} before the commit`,
  script: `${body}${bad}\njob.commit()\n`,
  line: body.split("\n").length - 1 + Number(at),
}));

/** Scripts whose syntax error stands after a commit but still in the body. */
export const lateSyntaxErrors: readonly {
  readonly name: string;
  readonly script: string;
  readonly bad: string;
}[] = [
  {
    name: "in a function below the one that commits",
    script: `${inMain}\n\ndef late(frame):\n    return frame.withColumn("a",, 1)\n${guard}`,
    bad: 'frame.withColumn("a",, 1)',
  },
  {
    name: "in the guard that calls main()",
    script: `${inMain}\n\nif __name__ == "__main__"\n    main()\n`,
    bad: 'if __name__ == "__main__"',
  },
  {
    name: "below the console template's commit",
    script: `${head}job.commit()\n\nraw = spark.read.parquet("s3://b/x")\nclean = = raw\nclean.write.parquet("s3://b/y")\n`,
    bad: "clean = = raw",
  },
  {
    name: "below an early commit",
    script: `${head}\nraw = spark.read.parquet("s3://b/x")\nif raw.count() == 0:\n    job.commit()\n    sys.exit(0)\nclean = = raw\nclean.write.parquet("s3://b/y")\njob.commit()\n`,
    bad: "clean = = raw",
  },
  {
    name: "below an early commit in main()",
    script: `${head}\ndef main():\n    raw = spark.read.parquet("s3://b/x")\n    if raw.count() == 0:\n        job.commit()\n        return\n    clean = = raw\n    clean.write.parquet("s3://b/y")\n    job.commit()\n${guard}`,
    bad: "    clean = = raw",
  },
  {
    name: "in the second of two stages",
    script: `${body}\njob.commit()\n\ngold = clean.groupBy("day").agg(F.avg("engine_temperature"))\nwide = = gold\nwide.write.mode("append").saveAsTable("gold.temperature")\njob.commit()\n`,
    bad: "wide = = gold",
  },
];
