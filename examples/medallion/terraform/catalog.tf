locals {
  crawlers = {
    bronze-car-data              = { prefix = "bronze_", path = "${local.uri["bronze"]}/bronze/car_data/" }
    silver                       = { prefix = "silver_", path = local.silver_path }
    gold-car-current-state       = { prefix = "gold_", path = "${local.uri["gold"]}/car_current_state/" }
    gold-fuel-efficiency         = { prefix = "gold_", path = "${local.uri["gold"]}/fuel_efficiency_monthly/" }
    gold-performance-alerts-slim = { prefix = "gold_", path = "${local.uri["gold"]}/performance_alerts_log_slim/" }
  }
}

resource "aws_glue_catalog_database" "this" {
  name = local.database
}

resource "aws_glue_crawler" "this" {
  for_each = local.crawlers

  name          = "${local.prefix}-${each.key}-crawler-${var.environment}"
  role          = aws_iam_role.glue_crawler.arn
  database_name = aws_glue_catalog_database.this.name
  table_prefix  = each.value.prefix

  s3_target {
    path       = each.value.path
    exclusions = ["**_SUCCESS"]
  }

  schema_change_policy {
    update_behavior = "UPDATE_IN_DATABASE"
    delete_behavior = "LOG"
  }

  recrawl_policy {
    recrawl_behavior = "CRAWL_EVERYTHING"
  }

  # Partitions take the table's schema, and all files below the path make one table.
  configuration = jsonencode({
    Version       = 1.0
    CrawlerOutput = { Partitions = { AddOrUpdateBehavior = "InheritFromTable" } }
    Grouping      = { TableGroupingPolicy = "CombineCompatibleSchemas" }
  })
}

resource "aws_athena_workgroup" "checks" {
  name = "${local.prefix}-${var.environment}"

  configuration {
    enforce_workgroup_configuration    = true
    publish_cloudwatch_metrics_enabled = true
    bytes_scanned_cutoff_per_query     = var.athena_scan_limit_bytes

    result_configuration {
      output_location = "${local.uri["athena-results"]}/e2e/"

      encryption_configuration {
        encryption_option = "SSE_S3"
      }
    }
  }
}
