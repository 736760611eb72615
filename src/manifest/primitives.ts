import * as z from "zod";
import { cheapGlob, isCheapGlob } from "../base/cheap-glob.ts";
import { messageOf } from "../base/errors.ts";
import { globFault } from "../base/glob.ts";
import { prefixFault } from "../base/s3-area.ts";

export const nonEmpty = z.string().min(1, "must not be empty");

/** Names of jobs and steps as used in the manifest and in inputs. */
export const jobKey = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "may hold letters, digits, dots, dashes and underscores");

/** A workspace path with forward slashes; whether it stays inside is checked where files are read. */
export const relativePath = nonEmpty.refine(
  (path) => !path.startsWith("/") && !path.includes("\\"),
  "must be relative to the repository, with forward slashes",
);

const bucket = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]";

/** `s3://bucket/…`; bucket names follow the S3 user guide's general-purpose naming rules. */
export const s3Uri = z.string().regex(new RegExp(`^s3://${bucket}/`), "must look like s3://bucket/key");
export const s3Folder = z
  .string()
  .regex(new RegExp(`^s3://${bucket}/(?:.*/)?$`), "must look like s3://bucket/prefix/");

/** A refinement for text that is matched as a glob. */
export const cheap = [isCheapGlob, `is too costly to match: a glob may hold ${cheapGlob}`] as const;

/** What `extra-py-files` can't be: what Glue would take as Python and that is none. */
export const pythonLibrary = [
  (path: string): boolean => !/\.(?:jar|ipynb|txt|csv|json|ya?ml|tar|gz|tgz|scala|sql)$/i.test(path),
  "must be a folder, or a .py, .zip, .whl or .egg file (jars belong under extra-jars, other files under extra-files)",
] as const;
/** A version's name, which YAML may have read as a number, by the parser that knows all of them. */
export function named(parse: (text: string) => string): z.ZodType<string, string | number> {
  return z.union([z.string(), z.number()]).transform((value, context) => {
    try {
      return parse(String(value));
    } catch (thrown) {
      context.addIssue({ code: "custom", message: messageOf(thrown) });
      return z.NEVER;
    }
  });
}

/** A glob over the keys of one bucket that can match some. */
export const s3Glob = s3Uri.refine(...cheap).superRefine((uri, context) => {
  const fault = globFault(keyOf(uri));
  if (fault !== undefined)
    context.addIssue({ code: "custom", message: `${fault}, so no key is ever matched` });
});

/** A prefix that may be emptied: what stands there is taken as it is. */
export const s3Prefix = s3Folder.superRefine((uri, context) => {
  const fault = prefixFault(keyOf(uri));
  if (fault !== undefined)
    context.addIssue({ code: "custom", message: `"${uri}" ${fault}; clean takes plain prefixes only` });
});

function keyOf(uri: string): string {
  return uri.replace(/^s3:\/\/[^/]+\//, "");
}
