import { describe, expect, it } from "vitest";
import { checkPermissions } from "../../../src/e2e/checks/permissions.ts";
import { refusedByS3, type Script } from "../../aws/scripted.ts";
import { denied, found, missing, upload } from "./support.ts";

describe("permissions", () => {
  const versioning = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
  const s3Denied = refusedByS3("AccessDenied", 403);

  it.each<[string, Script, string[]]>([
    [
      "all there",
      {
        PUT: [refusedByS3("PreconditionFailed", 412)],
        GetBucketVersioning: [versioning],
        POST: ["<DeleteResult/>"],
        ResetJobBookmark: [missing],
      },
      [],
    ],
    [
      "all missing",
      { PUT: [s3Denied], GetBucketVersioning: [s3Denied], ResetJobBookmark: [denied] },
      ["error not-allowed step 9", "error not-allowed - 3", "error not-allowed - -"],
    ],
    [
      "missing for a key alone",
      {
        PUT: [refusedByS3("NoSuchKey", 404)],
        GetBucketVersioning: ["<VersioningConfiguration/>"],
        POST: ["<DeleteResult><Error><Key>x</Key><Code>AccessDenied</Code></Error></DeleteResult>"],
        ResetJobBookmark: [{}],
      },
      ["error not-allowed - 3"],
    ],
  ])("%s", async (_, script, expected) => {
    expect(await found(checkPermissions, upload, script)).toEqual(expected);
  });
});
