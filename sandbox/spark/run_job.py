"""Runs one job run: ``python run_job.py <specification.json>``."""

import sys

from glue_sandbox.parent import end_with_parent
from glue_sandbox.run.main import main

if __name__ == "__main__":
    end_with_parent()
    sys.exit(main(sys.argv[1]))
