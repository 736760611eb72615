locals {
  prefix   = "datalake-pipeline"
  account  = data.aws_caller_identity.current.account_id
  database = "datalake_pipeline_catalog_${var.environment}"
  glue_arn = "arn:${data.aws_partition.current.partition}:glue:${var.region}:${local.account}"
  logs_arn = "arn:${data.aws_partition.current.partition}:logs:${var.region}:${local.account}"

  buckets = toset(["landing", "bronze", "silver", "gold", "glue-scripts", "athena-results"])
  uri     = { for name in local.buckets : name => "s3://${aws_s3_bucket.this[name].bucket}" }
  arn     = { for name in local.buckets : name => aws_s3_bucket.this[name].arn }

  gold_paths = ["car_current_state", "fuel_efficiency_monthly", "performance_alerts_log_slim"]

  catalog_arns = [
    "${local.glue_arn}:catalog",
    "${local.glue_arn}:database/${local.database}",
    "${local.glue_arn}:table/${local.database}/*",
  ]
}
