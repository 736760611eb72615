output "github_role_arns" {
  description = "Roles for the workflows: deploy-glue and run-e2e."
  value       = { for name, role in aws_iam_role.github : name => role.arn }
}

output "athena_workgroup" {
  description = "Workgroup with a scan limit, for e2e.athena.workgroup in glue-pipeline.yml."
  value       = aws_athena_workgroup.checks.name
}
