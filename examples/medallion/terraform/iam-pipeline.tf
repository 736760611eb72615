data "aws_iam_policy_document" "trust" {
  for_each = toset(["lambda", "glue"])

  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["${each.key}.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "ingestion" {
  name               = "${local.prefix}-ingestion-${var.environment}"
  assume_role_policy = data.aws_iam_policy_document.trust["lambda"].json
}

resource "aws_iam_role_policy" "ingestion" {
  name   = "ingestion"
  role   = aws_iam_role.ingestion.id
  policy = data.aws_iam_policy_document.ingestion.json
}

data "aws_iam_policy_document" "ingestion" {
  statement {
    sid       = "ReadLanding"
    actions   = ["s3:GetObject"]
    resources = ["${local.arn["landing"]}/*"]
  }

  statement {
    sid       = "WriteBronze"
    actions   = ["s3:PutObject"]
    resources = ["${local.arn["bronze"]}/bronze/car_data/*"]
  }

  # Without it a removed document answers AccessDenied instead of NoSuchKey.
  statement {
    sid       = "TellMissingFromForbidden"
    actions   = ["s3:ListBucket"]
    resources = [local.arn["landing"]]
  }

  statement {
    sid       = "ReportFailures"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.ingestion_failures.arn]
  }

  statement {
    sid       = "WriteLogs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.ingestion.arn}:*"]
  }
}

resource "aws_iam_role" "glue_job" {
  name               = "${local.prefix}-glue-job-${var.environment}"
  assume_role_policy = data.aws_iam_policy_document.trust["glue"].json
}

resource "aws_iam_role_policy" "glue_job" {
  name   = "glue-job"
  role   = aws_iam_role.glue_job.id
  policy = data.aws_iam_policy_document.glue_job.json
}

data "aws_iam_policy_document" "glue_job" {
  statement {
    sid       = "ListData"
    actions   = ["s3:ListBucket"]
    resources = [for name in ["bronze", "silver", "gold", "glue-scripts"] : local.arn[name]]
  }

  statement {
    sid       = "ReadInput"
    actions   = ["s3:GetObject"]
    resources = ["${local.arn["bronze"]}/bronze/car_data/*", "${local.arn["glue-scripts"]}/*"]
  }

  # Spark marks folders on S3 with empty <folder>_$folder$ objects.
  statement {
    sid     = "WriteTables"
    actions = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
    resources = concat(
      ["${local.arn["silver"]}/car/*", "${local.arn["silver"]}/car_$folder$"],
      [for path in local.gold_paths : "${local.arn["gold"]}/${path}/*"],
      [for path in local.gold_paths : "${local.arn["gold"]}/${path}_$folder$"],
      ["${local.arn["glue-scripts"]}/temporary/*"],
    )
  }

  statement {
    sid       = "ReadCatalog"
    actions   = ["glue:GetDatabase", "glue:GetTable", "glue:GetPartition", "glue:GetPartitions"]
    resources = concat(local.catalog_arns, ["${local.glue_arn}:database/default"])
  }

  # The bookmark calls can't be limited to a resource.
  statement {
    sid       = "KeepBookmarks"
    actions   = ["glue:GetJobBookmark", "glue:UpdateJobBookmark", "glue:GetJob", "glue:GetJobRun"]
    resources = ["*"]
  }

  statement {
    sid       = "WriteLogs"
    actions   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${local.logs_arn}:log-group:/aws-glue/*"]
  }

  statement {
    sid       = "WriteMetrics"
    actions   = ["cloudwatch:PutMetricData"]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "cloudwatch:namespace"
      values   = ["Glue"]
    }
  }
}

resource "aws_iam_role" "glue_crawler" {
  name               = "${local.prefix}-glue-crawler-${var.environment}"
  assume_role_policy = data.aws_iam_policy_document.trust["glue"].json
}

resource "aws_iam_role_policy" "glue_crawler" {
  name   = "glue-crawler"
  role   = aws_iam_role.glue_crawler.id
  policy = data.aws_iam_policy_document.glue_crawler.json
}

data "aws_iam_policy_document" "glue_crawler" {
  statement {
    sid       = "ListData"
    actions   = ["s3:ListBucket"]
    resources = [for name in ["bronze", "silver", "gold"] : local.arn[name]]
  }

  statement {
    sid     = "ReadData"
    actions = ["s3:GetObject"]
    resources = concat(
      ["${local.arn["bronze"]}/bronze/car_data/*", "${local.arn["silver"]}/car/*"],
      [for path in local.gold_paths : "${local.arn["gold"]}/${path}/*"],
    )
  }

  statement {
    sid = "WriteCatalog"
    actions = [
      "glue:GetDatabase", "glue:GetTable", "glue:CreateTable", "glue:UpdateTable",
      "glue:GetPartition", "glue:GetPartitions", "glue:BatchGetPartition",
      "glue:BatchCreatePartition", "glue:BatchUpdatePartition", "glue:BatchDeletePartition",
    ]
    resources = local.catalog_arns
  }

  statement {
    sid       = "WriteLogs"
    actions   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${local.logs_arn}:log-group:/aws-glue/crawlers*"]
  }
}
