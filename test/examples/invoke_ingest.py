"""Invokes the ingestion handler with an in-memory S3.

Arguments: folder of ingest.py. Standard input: {"landed": {key: {"etag", "body"}}, "events": [event]}. Standard
output: per event {"result"} or {"error"}, and what was written: {"calls": [...], "objects": {key: {"sha256", "rows"}}}.
"""

import hashlib
import io
import json
import os
import sys

import pyarrow.parquet as pq
from botocore.exceptions import ClientError

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
os.environ.update(BRONZE_BUCKET="bronze", AWS_DEFAULT_REGION="us-east-1")

import ingest  # noqa: E402


class MemoryS3:
    """GetObject with If-Match, and PutObject."""

    def __init__(self, landed):
        self.landed = landed
        self.written = {}

    def get_object(self, Bucket, Key, IfMatch):
        found = self.landed.get(Key)
        if found is None or f'"{found["etag"]}"' != IfMatch:
            code = "NoSuchKey" if found is None else "PreconditionFailed"
            raise ClientError({"Error": {"Code": code}}, "GetObject")
        return {"Body": io.BytesIO(found["body"].encode())}

    def put_object(self, Bucket, Key, Body):
        self.written.setdefault(Key, []).append(Body)


def attempt(event):
    try:
        return {"result": ingest.handler(event, None)}
    except ingest.BadDocumentError as error:
        return {"error": str(error)}


task = json.load(sys.stdin)
ingest.s3 = MemoryS3(task["landed"])
calls = [attempt(event) for event in task["events"]]
objects = {
    key: {
        "sha256": [hashlib.sha256(body).hexdigest() for body in bodies],
        "rows": pq.ParquetFile(io.BytesIO(bodies[-1])).read(use_threads=False).to_pylist(),
    }
    for key, bodies in ingest.s3.written.items()
}
json.dump({"calls": calls, "objects": objects}, sys.stdout)
