import json
import sys

from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext

options = getResolvedOptions(sys.argv, ["JOB_NAME", "path"])
glue_context = GlueContext(SparkContext.getOrCreate())
job = Job(glue_context)
job.init(options["JOB_NAME"], options)
source = {"paths": [options["path"]], "recurse": True}
frame = glue_context.create_dynamic_frame.from_options(
    "s3", source, format="json", transformation_ctx="events"
).toDF()
everything = glue_context.spark_session.read.json(options["path"]).count()
new = sorted(row.id for row in frame.collect()) if frame.columns else []
print("report:", json.dumps({"new": new, "all": everything}))
job.commit()
