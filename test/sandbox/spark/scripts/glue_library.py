import json
import sys

from awsglue.context import GlueContext
from awsglue.dynamicframe import DynamicFrame
from awsglue.job import Job
from awsglue.transforms import *
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext

args = getResolvedOptions(sys.argv, ["JOB_NAME", "database", "out"])
sc = SparkContext()
glueContext = GlueContext(sc)
spark = glueContext.spark_session
job = Job(glueContext)
job.init(args["JOB_NAME"], args)


def records(frame):
    return sorted(json.dumps(json.loads(text), sort_keys=True) for text in frame.toDF().toJSON().collect())


def refusal(action):
    try:
        action()
    except NotImplementedError as error:
        return str(error)


def doubled(record):
    record["twice"] = record["id"] * 2
    return record


cars = glueContext.create_dynamic_frame.from_catalog(
    database=args["database"], table_name="cars", push_down_predicate="day = '05'", transformation_ctx="cars"
)
mapped = ApplyMapping.apply(
    frame=cars,
    mappings=[
        ("id", "int", "id", "long"),
        ("engine.temp", "double", "engine.temperature", "string"),
        ("missing", "string", "missing", "string"),
        ("day", "string", "day", "string"),
    ],
)
report = {
    "mapped": records(mapped),
    "filtered": records(Filter.apply(mapped, f=lambda record: record["engine"]["temperature"] == "90.5")),
    "map": records(Map.apply(mapped, f=doubled).select_fields(["id", "twice"])),
    "selected": records(SelectFields.apply(cars, ["engine.temp"])),
    "dropped": records(DropFields.apply(cars, ["engine", "day"])),
    "renamed": records(RenameField.apply(cars, "id", "key").drop_fields(["engine", "day"])),
    "joined": Join.apply(mapped, mapped.select_fields("id"), "id", "id").toDF().columns,
    "resolved": dict(ResolveChoice.apply(cars, specs=[("id", "cast:string")]).toDF().dtypes)["id"],
    "nulls": DropNullFields.apply(cars).count(),
    "sql": [
        list(row) for row in spark.sql(f"SELECT id, day FROM {args['database']}.cars ORDER BY id").collect()
    ],
    "refused": refusal(lambda: cars.relationalize("root", "s3://nowhere/")),
    "saved": refusal(lambda: spark.range(1).write.saveAsTable(f"{args['database']}.made")),
    "created": refusal(lambda: spark.sql(f"create  table {args['database']}.made (id int)")),
    "view": spark.sql("CREATE OR REPLACE TEMP VIEW one AS SELECT 1 AS n").sparkSession.table("one").count(),
    "unknown": refusal(lambda: glueContext.create_dynamic_frame.from_options("dynamodb", {})),
}
glueContext.write_dynamic_frame.from_options(
    frame=DynamicFrame.fromDF(mapped.toDF().coalesce(1), glueContext, "out"),
    connection_type="s3",
    connection_options={"path": args["out"], "partitionKeys": ["day"]},
    format="parquet",
)
print("report:", json.dumps(report))
job.commit()
