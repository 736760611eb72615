"""Crawler inference: S3 objects in, tables and partitions out."""
