"""Infers tables from S3 as a crawler does: ``python infer_schema.py <specification.json>``."""

import sys

from glue_sandbox.crawl.main import main
from glue_sandbox.parent import end_with_parent

if __name__ == "__main__":
    end_with_parent()
    sys.exit(main(sys.argv[1]))
