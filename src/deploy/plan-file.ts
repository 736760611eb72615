import { createHash } from "node:crypto";
import * as z from "zod";
import { ToolkitError } from "../base/errors.ts";
import { parseJson } from "../base/parse-json.ts";
import { codeLocationSchema } from "./code-location.ts";

const approvedPlan = z.object({
  version: z.literal(1),
  mode: z.literal("deploy"),
  environment: z.string(),
  region: z.string(),
  account: z.string(),
  bucket: z.string(),
  prefix: z.string(),
  createdAt: z.string(),
  jobs: z.array(
    z.object({
      key: z.string(),
      job: z.string(),
      action: z.enum(["change", "unchanged"]),
      current: codeLocationSchema,
      next: codeLocationSchema,
      lastModifiedOn: z.string(),
      artifacts: z.array(z.string()),
    }),
  ),
});

const planDocument = z.object({
  version: z.literal(1),
  result: z.string(),
  digest: z.string(),
  plan: z.unknown(),
});

/** A plan that somebody looked at: what a deploy must still come to before it may change anything. */
export type ApprovedPlan = z.infer<typeof approvedPlan>;

/** SHA-256, in hex, of a plan as JSON, whatever the order of its members. */
export function planDigest(plan: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(plan)))
    .digest("hex");
}

/**
 * The plan in a file that `mode: plan` wrote.
 * @param text undefined where there is no such file
 * @throws ToolkitError `plan-file-missing`, `plan-file-invalid`, `plan-file-tampered`, `plan-file-no-plan`
 */
export function parsePlanFile(text: string | undefined, path: string): ApprovedPlan {
  if (text === undefined) throw refusal("plan-file-missing", `There is no file ${path}`);
  const document = planDocument.safeParse(parseJson(text));
  if (!document.success) {
    throw refusal("plan-file-invalid", `${path} is not a plan file of this version of the toolkit`);
  }
  const { result, digest, plan } = document.data;
  if (planDigest(plan) !== digest) {
    throw refusal("plan-file-tampered", `${path} was changed after it was written: its digest does not fit`);
  }
  const parsed = approvedPlan.safeParse(plan);
  if (result !== "planned" || !parsed.success) {
    throw refusal("plan-file-no-plan", `${path} holds no plan that can be applied (its result is ${result})`);
  }
  return parsed.data;
}

function refusal(code: string, message: string): ToolkitError {
  return new ToolkitError({
    code,
    message: `${message}. Nothing was changed`,
    remedy: "Run mode: plan again and apply the file that it writes, or name another plan-file.",
    source: "user",
  });
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}
