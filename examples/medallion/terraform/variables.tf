variable "environment" {
  description = "Suffix of every name; an environment of glue-pipeline.yml."
  type        = string
  default     = "dev"
}

variable "region" {
  description = "AWS region of everything here."
  type        = string
  default     = "us-east-1"
}

variable "lambda_package" {
  description = "Zip of ../lambda (cd lambda && zip ../build/ingest.zip ingest.py)."
  type        = string
}

variable "pandas_layer_arn" {
  description = <<-EOT
    The AWS SDK for pandas layer for Python 3.11 in the region; it brings pyarrow. Its ARNs:
    https://aws-sdk-pandas.readthedocs.io/en/stable/layers.html
  EOT
  type        = string
}

variable "github_repository" {
  description = "owner/name of the repository whose workflows deploy."
  type        = string
}

variable "github_oidc_provider_arn" {
  description = "The account's IAM OIDC provider for token.actions.githubusercontent.com."
  type        = string
}

variable "athena_scan_limit_bytes" {
  description = "A query that scans more than this is stopped."
  type        = number
  default     = 1073741824
}
