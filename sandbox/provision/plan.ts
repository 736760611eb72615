import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import * as z from "zod";
import { SandboxError } from "../errors.ts";

const name = z.string().min(1);
const json = z.record(z.string(), z.unknown());

const planSchema = z.strictObject({
  version: z.literal(1),
  account: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  region: name.optional(),
  buckets: z
    .array(
      z.union([
        name.transform((bucket) => ({ name: bucket, versioned: false })),
        z.strictObject({ name, versioned: z.boolean().default(false) }),
      ]),
    )
    .default([]),
  objects: z.array(z.strictObject({ from: name, to: z.string().regex(/^s3:\/\/[^/]+\/.+$/) })).default([]),
  roles: z.array(z.strictObject({ name, trust: z.union([name, json]), policy: json.optional() })).default([]),
  lambdas: z
    .array(
      z.strictObject({
        name,
        runtime: name,
        handler: name,
        code: name,
        role: name,
        timeout: z.number().int().positive().default(30),
        memory: z.number().int().positive().default(256),
        environment: z.record(z.string(), z.coerce.string()).default({}),
        triggers: z
          .array(
            z.strictObject({ bucket: name, prefix: z.string().default(""), suffix: z.string().default("") }),
          )
          .default([]),
      }),
    )
    .default([]),
  databases: z.array(name).default([]),
  jobs: z.array(json).default([]),
  crawlers: z.array(json).default([]),
});

/** What a folder asks the sandbox to create. */
export type ProvisionPlan = z.infer<typeof planSchema>;

/**
 * Reads `<folder>/sandbox.yml`.
 * @throws SandboxError when it is missing or wrong, naming the key
 */
export async function readPlan(folder: string): Promise<ProvisionPlan> {
  const path = join(folder, "sandbox.yml");
  const text = await readFile(path, "utf8").catch((thrown: unknown) => {
    throw new SandboxError(
      `there is no ${path}`,
      "Name a folder that has a sandbox.yml, such as examples/medallion.",
      thrown,
    );
  });
  const result = planSchema.safeParse(parseYaml(path, text));
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    (issue) => `${issue.path.join(".") || "the document"}: ${issue.message}`,
  );
  throw new SandboxError(
    `${path} is not valid: ${problems.join("; ")}`,
    "Mend these keys; examples/medallion/sandbox.yml shows them all.",
  );
}

function parseYaml(path: string, text: string): unknown {
  try {
    return parse(text);
  } catch (thrown) {
    throw new SandboxError(`${path} is not valid YAML: ${String(thrown)}`, "Mend it at that line.", thrown);
  }
}
