"""Infers tables from S3 as a crawler does: ``python infer_schema.py <specification.json>``."""

import sys

from glue_sandbox.crawl.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
