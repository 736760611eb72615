# What the deploy and the end-to-end run may do. Validation needs no AWS at all.
data "aws_iam_policy_document" "github_trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [var.github_oidc_provider_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }

    # Only jobs of this GitHub environment, whose protection rules say which branches may use it.
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:${var.github_repository}:environment:${var.environment}"]
    }
  }
}

resource "aws_iam_role" "github" {
  for_each             = { deploy = 3600, e2e = 7200 }
  name                 = "${local.prefix}-github-${each.key}-${var.environment}"
  assume_role_policy   = data.aws_iam_policy_document.github_trust.json
  max_session_duration = each.value
}

resource "aws_iam_role_policy" "github_deploy" {
  name   = "deploy-glue"
  role   = aws_iam_role.github["deploy"].id
  policy = data.aws_iam_policy_document.github_deploy.json
}

data "aws_iam_policy_document" "github_deploy" {
  statement {
    sid       = "ListScripts"
    actions   = ["s3:ListBucket"]
    resources = [local.arn["glue-scripts"]]
  }

  statement {
    sid       = "WriteScripts"
    actions   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
    resources = ["${local.arn["glue-scripts"]}/glue_jobs/*"]
  }

  # The first plan reads the scripts that the jobs were created with.
  statement {
    sid       = "ReadFirstScripts"
    actions   = ["s3:GetObject"]
    resources = ["${local.arn["glue-scripts"]}/*"]
  }

  statement {
    sid       = "RepointJobs"
    actions   = ["glue:GetJob", "glue:GetJobRuns", "glue:UpdateJob"]
    resources = [for job in aws_glue_job.this : job.arn]
  }

  # UpdateJob passes the job's role again. Only this role, and only to Glue.
  statement {
    sid       = "PassJobRole"
    actions   = ["iam:PassRole"]
    resources = [aws_iam_role.glue_job.arn]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["glue.amazonaws.com"]
    }
  }
}

resource "aws_iam_role_policy" "github_e2e" {
  name   = "run-e2e"
  role   = aws_iam_role.github["e2e"].id
  policy = data.aws_iam_policy_document.github_e2e.json
}

data "aws_iam_policy_document" "github_e2e" {
  statement {
    sid       = "ListData"
    actions   = ["s3:ListBucket", "s3:ListBucketVersions", "s3:GetBucketLocation", "s3:GetBucketVersioning", "s3:GetBucketNotification"]
    resources = values(local.arn)
  }

  statement {
    sid     = "CleanAndUpload"
    actions = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"]
    resources = concat(
      ["${local.arn["landing"]}/*"],
      [for path in ["car", "car_structured", "bronze/car_data"] : "${local.arn["bronze"]}/${path}/*"],
      ["${local.arn["silver"]}/car/*"],
      [for path in local.gold_paths : "${local.arn["gold"]}/${path}/*"],
      ["${local.arn["athena-results"]}/*"],
    )
  }

  statement {
    sid       = "ReadReleases"
    actions   = ["s3:GetObject"]
    resources = ["${local.arn["glue-scripts"]}/glue_jobs/*"]
  }

  # The lock of the environment's runs, what a re-run picks up, and the last green run.
  statement {
    sid       = "KeepState"
    actions   = ["s3:PutObject"]
    resources = ["${local.arn["glue-scripts"]}/glue_jobs/_runs/${var.environment}/*"]
  }

  statement {
    sid       = "RunJobs"
    actions   = ["glue:BatchGetJobs", "glue:GetJob", "glue:StartJobRun", "glue:GetJobRun", "glue:GetJobRuns", "glue:BatchStopJobRun"]
    resources = [for job in aws_glue_job.this : job.arn]
  }

  # These calls can't be limited to a resource.
  statement {
    sid       = "BookmarksAndCrawlerMetrics"
    actions   = ["glue:ResetJobBookmark", "glue:GetJobBookmark", "glue:GetCrawlerMetrics"]
    resources = ["*"]
  }

  statement {
    sid       = "RunCrawlers"
    actions   = ["glue:StartCrawler", "glue:StopCrawler", "glue:GetCrawler", "glue:ListCrawls"]
    resources = [for crawler in aws_glue_crawler.this : crawler.arn]
  }

  statement {
    sid       = "ReadCatalog"
    actions   = ["glue:GetDatabase", "glue:GetTable", "glue:GetTables", "glue:GetPartition", "glue:GetPartitions", "glue:BatchGetPartition"]
    resources = local.catalog_arns
  }

  statement {
    sid     = "Query"
    actions = ["athena:GetWorkGroup", "athena:StartQueryExecution", "athena:GetQueryExecution", "athena:GetQueryResults", "athena:StopQueryExecution"]
    resources = [
      aws_athena_workgroup.checks.arn,
      "arn:${data.aws_partition.current.partition}:athena:${var.region}:${local.account}:workgroup/primary",
    ]
  }

  statement {
    sid       = "ReadLogs"
    actions   = ["logs:FilterLogEvents"]
    resources = ["${local.logs_arn}:log-group:/aws-glue/*", "${aws_cloudwatch_log_group.ingestion.arn}:*"]
  }
}
