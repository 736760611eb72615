import { describe, expect, it } from "vitest";
import { policyFor } from "../../../src/deploy/policy/policy.ts";
import type { E2eManifest, Manifest } from "../../../src/manifest/manifest.ts";

describe("the policy of an end-to-end run", () => {
  const bare: E2eManifest = { clean: [], allowWholeBucket: [], bookmarks: [], athena: undefined, steps: [] };
  const manifest = (e2e: E2eManifest) =>
    ({
      path: "m",
      name: "n",
      environment: { name: "dev", region: "us-east-1", account: "1" },
      environmentNames: ["dev"],
      scripts: { bucket: "s", prefix: "p/" },
      jobs: [],
      e2e,
    }) as Manifest;
  const sids = (e2e: E2eManifest) =>
    policyFor("e2e", { manifest: manifest(e2e), account: "123456789012", roles: [] }).Statement.map(
      ({ Sid }) => Sid,
    );

  it("asks for nothing that no step needs", () => {
    expect(sids(bare)).toEqual(["ListScripts", "ReadScripts", "KeepState"]);
    expect(sids({ ...bare, bookmarks: ["a"] })).toContain("ResetBookmarks");
    const crawl = {
      key: "c",
      needs: [],
      timeout: undefined,
      line: undefined,
      kind: "crawler",
      crawler: "c",
    } as const;
    expect(sids({ ...bare, steps: [crawl] })).toEqual(expect.arrayContaining(["ReadLogs", "Crawl"]));
    const athena = { database: "d", workgroup: "w", output: undefined };
    expect(sids({ ...bare, athena })).not.toContain("KeepResults");
    expect(sids({ ...bare, athena: { ...athena, output: "s3://r/x/" } })).toContain("KeepResults");
  });
});
