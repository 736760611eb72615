"""Overwrites, overwrites single partitions, deletes, then fails."""

import sys

from awsglue.utils import getResolvedOptions
from pyspark.sql import SparkSession

options = getResolvedOptions(sys.argv, ["bucket"])
root = f"s3://{options['bucket']}"
spark = SparkSession.builder.getOrCreate()

texts = spark.read.text(f"{root}/in/", recursiveFileLookup=True)
words = sorted(row.value for row in texts.collect())
spark.createDataFrame([(word,) for word in words], ["word"]).coalesce(1).write.mode("overwrite").json(
    f"{root}/all/"
)
events = spark.createDataFrame([("05", "new"), ("a:b c%/é", "new")], ["day", "word"])
(
    events.write.mode("overwrite")
    .option("partitionOverwriteMode", "dynamic")
    .partitionBy("day")
    .json(f"{root.replace('s3:', 's3a:')}/days/")
)
path = spark._jvm.org.apache.hadoop.fs.Path(f"{root.replace('s3:', 's3n:')}/gone/")
path.getFileSystem(spark._jsc.hadoopConfiguration()).delete(path, True)
read_back = spark.read.json(f"{root}/days/").where("word = 'new'").count()
raise ValueError(f"{read_back} new events")
