locals {
  silver_path = "${local.uri["silver"]}/car/"

  common_arguments = {
    "--job-language"                     = "python"
    "--enable-metrics"                   = "true"
    "--enable-continuous-cloudwatch-log" = "true"
    "--enable-glue-datacatalog"          = "true"
    "--conf"                             = "spark.sql.shuffle.partitions=8"
  }

  jobs = {
    silver-consolidation = {
      description = "Flattens bronze telemetry, checks it and keeps one row per event"
      script      = "silver_consolidation_job.py"
      max_retries = 1
      timeout     = 60
      class       = "STANDARD"
      arguments = {
        "--job-bookmark-option"          = "job-bookmark-enable"
        "--enable-observability-metrics" = "true"
        "--bronze_path"                  = "${local.uri["bronze"]}/bronze/car_data/"
      }
      fixed_arguments = { "--silver_path" = local.silver_path }
    }
    gold-car-current-state = {
      description = "Latest known state of every car"
      script      = "gold_car_current_state_job.py"
      max_retries = 0
      timeout     = 30
      class       = "STANDARD"
      arguments = {
        "--job-bookmark-option" = "job-bookmark-disable"
        "--silver_path"         = local.silver_path
        "--gold_path"           = "${local.uri["gold"]}/car_current_state/"
      }
      fixed_arguments = {}
    }
    gold-fuel-efficiency = {
      description = "Fuel efficiency of every car by month"
      script      = "gold_fuel_efficiency_job.py"
      max_retries = 1
      timeout     = 30
      class       = "STANDARD"
      arguments = {
        "--job-bookmark-option" = "job-bookmark-enable"
        "--catalog_database"    = aws_glue_catalog_database.this.name
        "--silver_table"        = "silver_car"
        "--silver_path"         = local.silver_path
        "--gold_path"           = "${local.uri["gold"]}/fuel_efficiency_monthly/"
      }
      fixed_arguments = {}
    }
    gold-performance-alerts-slim = {
      description = "Slim log of performance alerts"
      script      = "gold_performance_alerts_slim_job.py"
      max_retries = 0
      timeout     = 30
      class       = "FLEX"
      arguments = {
        "--job-bookmark-option" = "job-bookmark-enable"
        "--silver_path"         = local.silver_path
        "--gold_path"           = "${local.uri["gold"]}/performance_alerts_log_slim/"
      }
      fixed_arguments = {}
    }
  }
}

# Terraform owns the jobs, deploy-glue owns what they run. The locations below are only where a new job
# starts; nothing is there until the first deploy repoints them.
resource "aws_glue_job" "this" {
  for_each = local.jobs

  name                      = "${local.prefix}-${each.key}-${var.environment}"
  description               = each.value.description
  role_arn                  = aws_iam_role.glue_job.arn
  glue_version              = "5.0"
  worker_type               = "G.1X"
  number_of_workers         = 2
  execution_class           = each.value.class
  max_retries               = each.value.max_retries
  timeout                   = each.value.timeout
  non_overridable_arguments = each.value.fixed_arguments

  command {
    name            = "glueetl"
    script_location = "${local.uri["glue-scripts"]}/${each.value.script}"
    python_version  = "3"
  }

  default_arguments = merge(local.common_arguments, each.value.arguments, {
    "--TempDir" = "${local.uri["glue-scripts"]}/temporary/${each.key}/"
  })

  execution_property {
    max_concurrent_runs = 1
  }

  lifecycle {
    ignore_changes = [command[0].script_location, default_arguments["--extra-py-files"]]
  }
}
