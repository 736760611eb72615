"""The Python side of the sandbox: job runs on Spark, S3 synchronisation, crawler inference."""
