"""What ``awsglue.context`` reads and writes with: S3 sources, the Data Catalog, formats."""
