import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inMain, whole } from "./cases/parts.ts";

/** A folder of Glue scripts to try beside the repository's own: `GLUE_SCRIPTS=/path npx vitest run test/validate/slips.test.ts`. */
const folder = process.env["GLUE_SCRIPTS"];
const examples = join(import.meta.dirname, "../../examples/medallion/glue_jobs");

const inFinally = `import sys
from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext

args = getResolvedOptions(sys.argv, ["JOB_NAME", "source", "target"])
glue = GlueContext(SparkContext.getOrCreate())
spark = glue.spark_session
job = Job(glue)
job.init(args["JOB_NAME"], args)

try:
    trips = spark.read.parquet(args["source"])
    trips = trips.filter("distance > 0").withColumnRenamed("id", "trip_id")
    trips.write.mode("append").parquet(args["target"])
    job.commit()
except Exception as error:
    print(f"failed: {error}")
    raise
finally:
    spark.stop()
`;

/** Real scripts by name: the folder's, or the repository's own. */
export const corpus: readonly { readonly name: string; readonly text: string }[] =
  folder === undefined
    ? [
        ...pythonFiles(examples),
        { name: "whole", text: whole },
        { name: "in main()", text: `${inMain}\n\nif __name__ == "__main__":\n    main()\n` },
        { name: "in finally", text: inFinally },
      ]
    : pythonFiles(folder);

function pythonFiles(path: string): { name: string; text: string }[] {
  return readdirSync(path)
    .filter((name) => name.endsWith(".py"))
    .sort()
    .map((name) => ({
      name,
      text: readFileSync(join(path, name), "utf8")
        .replace(/^\uFEFF/, "")
        .replaceAll("\r\n", "\n"),
    }));
}

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** The line (1-based) of the first statement that looks like a job's commit, or undefined. */
export function commitLineOf(lines: readonly string[]): number | undefined {
  const index = lines.findIndex((line) => /^\s*[\w.]*job[\w.]*\.commit\(\s*\)/i.test(line));
  return index < 0 ? undefined : index + 1;
}
