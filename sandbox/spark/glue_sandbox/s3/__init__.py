"""S3 as local folders, and back."""
