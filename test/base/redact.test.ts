import { describe, expect, it } from "vitest";
import { redactSecrets } from "../../src/base/redact.ts";

describe("redactSecrets", () => {
  it("hides secret-named members at any depth and leaves the rest", () => {
    const job = {
      Name: "silver",
      DefaultArguments: { "--db-password": "hunter2", "--API_KEY": "k", "--day": "5" },
      SourceControlDetails: { AuthToken: "t", Owner: "me" },
      List: [{ secretName: "s" }],
    };
    expect(redactSecrets(job)).toEqual({
      Name: "silver",
      DefaultArguments: { "--db-password": "***", "--API_KEY": "***", "--day": "5" },
      SourceControlDetails: { AuthToken: "***", Owner: "me" },
      List: [{ secretName: "***" }],
    });
  });
});
