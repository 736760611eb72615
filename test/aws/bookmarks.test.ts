import { CreateJobCommand } from "@aws-sdk/client-glue";
import { describe, expect, it } from "vitest";
import { resetBookmark } from "../../src/aws/bookmarks.ts";
import { patience, useClients } from "./support.ts";

const aws = useClients();

describe("resetBookmark", () => {
  it("tells a job without a bookmark from a job that isn't there", async () => {
    await aws.clients.glue.send(
      new CreateJobCommand({
        Name: "no-bookmark",
        Role: "arn:aws:iam::000000000000:role/glue",
        Command: { Name: "glueetl", ScriptLocation: "s3://scripts/x.py" },
      }),
    );
    expect(await resetBookmark(aws.clients.glue, "no-bookmark", patience())).toBe("none");
    await expect(resetBookmark(aws.clients.glue, "no-job", patience())).rejects.toMatchObject({
      code: "job-missing",
    });
  });
});
