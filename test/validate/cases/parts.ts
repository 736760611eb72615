/** Pieces that test scripts are put together from; each ends in a line break. */
export const head = `import sys

import boto3
from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
from pyspark.sql import functions as F

args = getResolvedOptions(sys.argv, ["JOB_NAME", "source", "target"])
sc = SparkContext()
glueContext = GlueContext(sc)
spark = glueContext.spark_session
job = Job(glueContext)
job.init(args["JOB_NAME"], args)
`;

export const readStep = `
# Read
logger = glueContext.get_logger()
logger.info("reading")
raw = spark.read.parquet(args["source"])
`;

export const transformStep = `
# Transform
clean = raw.select(
    F.col("car_id"),
    F.col("engine.temperature").alias("engine_temperature"),
    F.col("engine.oil").alias("engine_oil"),
).filter(F.col("car_id").isNotNull())
clean = clean.withColumn("day", F.to_date("at"))
`;

export const writeStep = `
# Write
clean.write.mode("overwrite").partitionBy("day").parquet(args["target"])
logger.info("written")
`;

export const body = head + readStep + transformStep + writeStep;

export const whole = `${body}
job.commit()
`;

/** The same job with its work in functions. */
export const inMain = `${head}

def transform(frame):
    return frame.withColumn("day", F.to_date("at")).filter(F.col("car_id").isNotNull())


def main():
    raw = spark.read.parquet(args["source"])
    clean = transform(raw)
    clean.write.mode("overwrite").parquet(args["target"])
    job.commit()
`;

export const guard = `

if __name__ == "__main__":
    main()
`;

export const fragment = `    F.col("engine.temperature").alias("engine_temperature"),
    F.col("engine.oil").alias("engine_oil"),
).filter(F.col("car_id").isNotNull())
clean = clean.withColumn("day", F.to_date("at"))
`;
