resource "aws_lambda_function" "ingestion" {
  function_name    = "${local.prefix}-ingestion-${var.environment}"
  description      = "One landed JSON document becomes one Parquet file in bronze"
  role             = aws_iam_role.ingestion.arn
  runtime          = "python3.11"
  handler          = "ingest.handler"
  filename         = var.lambda_package
  source_code_hash = filebase64sha256(var.lambda_package)
  layers           = [var.pandas_layer_arn]
  memory_size      = 512
  timeout          = 60

  environment {
    variables = {
      BRONZE_BUCKET = aws_s3_bucket.this["bronze"].bucket
      BRONZE_PREFIX = "bronze/car_data/"
      LOG_LEVEL     = "INFO"
    }
  }
}

resource "aws_cloudwatch_log_group" "ingestion" {
  name              = "/aws/lambda/${local.prefix}-ingestion-${var.environment}"
  retention_in_days = 30
}

# Where documents go that the function refused twice.
resource "aws_sqs_queue" "ingestion_failures" {
  name                      = "${local.prefix}-ingestion-failures-${var.environment}"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

resource "aws_lambda_function_event_invoke_config" "ingestion" {
  function_name          = aws_lambda_function.ingestion.function_name
  maximum_retry_attempts = 1

  destination_config {
    on_failure {
      destination = aws_sqs_queue.ingestion_failures.arn
    }
  }
}

resource "aws_lambda_permission" "landing" {
  statement_id   = "landing-bucket"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.ingestion.function_name
  principal      = "s3.amazonaws.com"
  source_arn     = aws_s3_bucket.this["landing"].arn
  source_account = local.account
}

resource "aws_s3_bucket_notification" "landing" {
  bucket     = aws_s3_bucket.this["landing"].id
  depends_on = [aws_lambda_permission.landing]

  lambda_function {
    lambda_function_arn = aws_lambda_function.ingestion.arn
    events              = ["s3:ObjectCreated:*"]
    filter_suffix       = ".json"
  }
}
