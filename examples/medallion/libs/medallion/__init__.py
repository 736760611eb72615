"""What the gold jobs share. Deployed as a zip next to the scripts (`--extra-py-files`)."""
