import * as z from "zod";
import { errorsDocumentSchema } from "../src/cli/errors.ts";
import { initDocumentSchema } from "../src/report/init-document.ts";
import { releaseDiffDocumentSchema, releasesDocumentSchema } from "../src/report/releases-documents.ts";

/** JSON Schema of what the command line alone prints with `--json`; findings have a schema of their own. */
export function cliJsonSchema(): object {
  const definitions = {
    init: initDocumentSchema,
    "releases-list": releasesDocumentSchema,
    "releases-diff": releaseDiffDocumentSchema,
    errors: errorsDocumentSchema,
  };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Documents that glue-toolkit prints with --json",
    $defs: Object.fromEntries(
      Object.entries(definitions).map(([name, schema]) => {
        const { $schema: _, ...definition } = z.toJSONSchema(schema, { io: "output" });
        return [name, definition];
      }),
    ),
  };
}
