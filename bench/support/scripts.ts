import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A plausible Glue script of about so many lines: imports, set-up, one block per table, a commit. No two are alike. */
export function glueScript(lines: number, seed: number): string {
  const head = [
    "import sys",
    "from awsglue.context import GlueContext",
    "from awsglue.job import Job",
    "from awsglue.utils import getResolvedOptions",
    "from pyspark.context import SparkContext",
    "from pyspark.sql import functions as F",
    "",
    'args = getResolvedOptions(sys.argv, ["JOB_NAME", "source", "target"])',
    "glue = GlueContext(SparkContext.getOrCreate())",
    "spark = glue.spark_session",
    "job = Job(glue)",
    'job.init(args["JOB_NAME"], args)',
    "",
  ];
  const blocks = Math.max(0, Math.floor((lines - head.length - 1) / 10));
  const body = Array.from({ length: blocks }, (_, index) => block(index, seed));
  return `${[...head, ...body, "job.commit()"].join("\n")}\n`;
}

function block(index: number, seed: number): string {
  const name = `t${seed}_${index}`;
  return `# ${name}: what came in since the last run
def read_${name}(path, limit=${index + seed}):
    frame = spark.read.parquet(f"{path}/${name}")
    return frame.where(F.col("amount_${index}") > limit).dropDuplicates(["id_${seed}", "day"])


${name} = read_${name}(args["source"]).withColumn("day_${index}", F.to_date("at_${index}"))
${name}_daily = ${name}.groupBy("day_${index}").agg(F.sum("amount_${index}").alias("total_${index}"))
${name}_daily.write.mode("append").partitionBy("day_${index}").parquet(args["target"] + "/${name}")
`;
}

/** Writes that many scripts and gives their absolute paths. */
export async function writeScripts(folder: string, count: number, lines: number): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const paths = Array.from({ length: count }, (_, index) => join(folder, `job_${index}.py`));
  await Promise.all(paths.map((path, index) => writeFile(path, glueScript(lines, index))));
  return paths;
}
