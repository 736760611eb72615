import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Document } from "openapi-backend";
import * as z from "zod";

/** The operations of GitHub's REST API that the actions may use; any other call is unknown to the tests' GitHub. */
const paths = [
  "/repos/{owner}/{repo}/issues/{issue_number}/comments",
  "/repos/{owner}/{repo}/issues/comments/{comment_id}",
  "/repos/{owner}/{repo}/pulls/{pull_number}/files",
  "/repos/{owner}/{repo}/pulls/{pull_number}/comments",
  "/repos/{owner}/{repo}/pulls/{pull_number}/reviews",
  "/repos/{owner}/{repo}/deployments",
  "/repos/{owner}/{repo}/deployments/{deployment_id}/statuses",
];

const json = z.record(z.string(), z.unknown());

/**
 * GitHub's own OpenAPI description, cut to the operations above and what they refer to. Request bodies are closed: GitHub
 * ignores a member that it doesn't know, so a misspelt one would go unseen.
 */
export function githubDescription(): Document {
  const require = createRequire(import.meta.url);
  const file = require.resolve("@octokit/openapi/generated/api.github.com.json");
  const whole = z
    .object({
      openapi: z.string(),
      info: json,
      paths: z.record(z.string(), json),
      components: z.record(z.string(), json),
    })
    .parse(JSON.parse(readFileSync(file, "utf8")));
  const used = Object.fromEntries(paths.map((path) => [path, whole.paths[path]]));
  const components: Record<string, Record<string, unknown>> = {};
  const seen = new Set<string>();
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) collect(item);
    if (value === null || typeof value !== "object") return;
    for (const [key, member] of Object.entries(value)) {
      if (key === "$ref" && typeof member === "string") take(member);
      else collect(member);
    }
  };
  const take = (reference: string): void => {
    if (seen.has(reference)) return;
    seen.add(reference);
    const [, , kind = "", name = ""] = reference.split("/");
    const component = whole.components[kind]?.[name];
    components[kind] = { ...components[kind], [name]: component };
    collect(component);
  };
  collect(used);
  for (const path of Object.values(used))
    for (const operation of Object.values(path ?? {})) close(bodySchema(operation));
  return { openapi: whole.openapi, info: whole.info, paths: used, components } as unknown as Document;
}

function bodySchema(operation: unknown): unknown {
  const body = z.object({
    requestBody: z.object({ content: z.record(z.string(), z.object({ schema: json })) }),
  });
  return body.safeParse(operation).data?.requestBody.content["application/json"]?.schema;
}

function close(schema: unknown): void {
  if (schema === null || typeof schema !== "object" || Array.isArray(schema)) return;
  if ("properties" in schema && schema.properties !== null && !("additionalProperties" in schema)) {
    Object.assign(schema, { additionalProperties: false });
    for (const member of Object.values(schema.properties as object)) close(member);
  }
  if ("items" in schema) close(schema.items);
}
