"""A client's session over jobs and crawlers, by boto3: prints each answer as one JSON line."""

import json

import boto3
from botocore.exceptions import ClientError

glue = boto3.client("glue")


def say(step, **answer):
    print(json.dumps({"step": step, **answer}, default=str), flush=True)


job = {
    "Role": "glue-role",
    "Command": {"Name": "glueetl", "ScriptLocation": "s3://scripts/job.py", "PythonVersion": "3"},
    "GlueVersion": "5.0",
    "WorkerType": "G.1X",
    "NumberOfWorkers": 2,
}
glue.create_job(Name="by-boto3", Tags={"team": "data"}, **job)
made = glue.get_job(JobName="by-boto3")["Job"]
say("read", dpu=made["MaxCapacity"], timeout=made["Timeout"], created=made["CreatedOn"].isoformat())

sent_back = {key: made[key] for key in made if key not in ("Name", "CreatedOn", "LastModifiedOn")}
try:
    glue.update_job(JobName="by-boto3", JobUpdate=sent_back)
except ClientError as error:
    say("sent back", code=error.response["Error"]["Code"], message=error.response["Error"]["Message"])
glue.update_job(JobName="by-boto3", JobUpdate={**job, "MaxRetries": 2})
say("updated", retries=glue.get_job(JobName="by-boto3")["Job"]["MaxRetries"])

arn = "arn:aws:glue:us-east-1:000000000000:job/by-boto3"
glue.tag_resource(ResourceArn=arn, TagsToAdd={"cost": "42"})
glue.untag_resource(ResourceArn=arn, TagsToRemove=["team"])
say("tagged", tags=glue.get_tags(ResourceArn=arn)["Tags"], listed=glue.list_jobs(Tags={"cost": "42"})["JobNames"])

crawler = {"Role": "glue-role", "DatabaseName": "db", "Targets": {"S3Targets": [{"Path": "s3://bucket/data"}]}}
glue.create_crawler(Name="by-boto3", Tags={"team": "data"}, **crawler)
glue.update_crawler(Name="by-boto3", TablePrefix="p_")
read = glue.get_crawler(Name="by-boto3")["Crawler"]
say("crawler", state=read["State"], prefix=read["TablePrefix"], version=read["Version"])

glue.delete_crawler(Name="by-boto3")
glue.delete_job(JobName="by-boto3")
for call in (lambda: glue.get_job(JobName="by-boto3"), lambda: glue.get_crawler(Name="by-boto3")):
    try:
        call()
    except glue.exceptions.EntityNotFoundException as error:
        say("gone", operation=error.operation_name)
