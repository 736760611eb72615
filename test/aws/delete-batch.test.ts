import { describe, expect, it } from "vitest";
import { deleteBatch } from "../../src/aws/delete-batch.ts";
import { refusedByS3, scriptedAws } from "./scripted.ts";

const objects = [{ Key: "a" }, { Key: "b", VersionId: "1" }];

describe("a batch that the service refuses as a whole", () => {
  it("is deleted one by one, and what stays is named", async () => {
    const aws = await scriptedAws({
      POST: [refusedByS3("MalformedXML", 400)],
      DELETE: [({ path }) => (path.includes("/b/a") ? { status: 204 } : refusedByS3("InvalidRequest", 400))],
    });
    expect(await deleteBatch(aws.s3, { name: "b" }, objects)).toEqual([
      { key: "b", versionId: "1", code: "InvalidRequest", message: "said S3" },
    ]);
    expect(aws.seen.filter((operation) => operation === "DELETE")).toHaveLength(2);
  });

  it.each([
    ["AccessDenied", 403, "aws-access-denied"],
    ["NoSuchBucket", 404, "bucket-missing"],
    ["ExpiredToken", 400, "aws-expired-token"],
  ])("for a reason that holds for each key (%s) is not tried again", async (code, status, found) => {
    const aws = await scriptedAws({ POST: [refusedByS3(code, status)] });
    await expect(deleteBatch(aws.s3, { name: "b" }, objects)).rejects.toMatchObject({ code: found });
    expect(aws.seen).toEqual(["POST"]);
  });

  it("ends where a single deletion finds the session expired", async () => {
    const aws = await scriptedAws({
      POST: [refusedByS3("MalformedXML", 400)],
      DELETE: [refusedByS3("ExpiredToken", 400)],
    });
    await expect(deleteBatch(aws.s3, { name: "b" }, objects)).rejects.toMatchObject({
      code: "aws-expired-token",
    });
  });

  it("is left alone once the run is cancelled", async () => {
    const abort = new AbortController();
    const aws = await scriptedAws({
      POST: [
        () => {
          abort.abort(new Error("cancelled"));
          return refusedByS3("MalformedXML", 400);
        },
      ],
    });
    await expect(deleteBatch(aws.s3, { name: "b" }, objects, abort.signal)).rejects.toThrow("cancelled");
    expect(aws.seen).toEqual(["POST"]);
  });
});
