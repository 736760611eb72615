import { describe, expect, it } from "vitest";
import { sortReleases, usersOf } from "../../src/deploy/prunable.ts";
import type { ReleaseRecord } from "../../src/deploy/record.ts";

function release(
  number: number,
  jobs: readonly string[] = ["a"],
  status: ReleaseRecord["status"] = "applied",
): ReleaseRecord {
  const at = (name: string) => ({ scriptLocation: `s3://b/${name}`, extraPyFiles: null });
  return {
    version: 2,
    manifest: null,
    objects: {},
    id: `2025110${number}T000000.000Z-c-${number}`,
    kind: "deploy",
    status,
    environment: "dev",
    region: "us-east-1",
    account: "000000000000",
    createdAt: "2025-11-01T00:00:00.000Z",
    settledAt: null,
    rollbackTo: null,
    note: null,
    provenance: { commit: "c", repository: "r", runId: String(number) },
    jobs: jobs.map((job) => ({ key: job, job, before: at("k"), after: at("l") })),
  };
}

describe("the releases that may be forgotten", () => {
  it.each<[string, readonly ReleaseRecord[], number, readonly string[]]>([
    ["are all but the newest", [release(4), release(3), release(2), release(1)], 3, ["1"]],
    ["are none where there are no more than are kept", [release(2), release(1)], 5, []],
    ["never are the two that previous needs", [release(3), release(2), release(1)], 1, ["1"]],
    [
      "never are those that a job of a subset needs for previous",
      [release(5), release(4), release(3, ["b"]), release(2, ["b"]), release(1, ["b"])],
      2,
      ["1"],
    ],
    ["never are pending", [release(4), release(3), release(2, ["a"], "pending"), release(1)], 2, ["1"]],
    [
      "are undone ones too, once they are older than what is kept",
      [release(5, ["a"], "rolled-back"), release(4), release(3), release(2, ["a"], "rolled-back")],
      2,
      ["2"],
    ],
    [
      "never are those that any one of their jobs needs for previous",
      [release(4), release(3), release(2), release(1, ["a", "b"])],
      2,
      ["2"],
    ],
    [
      "never are undone ones between those that are kept",
      [release(4), release(3), release(2, ["a"], "rolled-back"), release(1)],
      3,
      [],
    ],
    ["are none where none was applied", [release(1, ["a"], "rolled-back")], 1, []],
  ])("%s", (_name, records, keep, forgotten) => {
    const sorter = sortReleases(keep);
    const runs = records.filter(sorter.mayForget).map(({ provenance }) => provenance.runId);
    expect(runs).toEqual(forgotten);
  });
});

it("what ever pointed to a script or a zip, before a release or after it, is its user", () => {
  const at = (script: string, extraPyFiles: string | null = null) => ({
    scriptLocation: script,
    extraPyFiles,
  });
  const moves = [
    { key: "a", job: "a", before: at("s3://b/1"), after: at("s3://b/2", "s3://b/z") },
    { key: "b", job: "b", before: at("s3://b/2"), after: at("s3://b/2") },
  ];
  const users = usersOf([
    { ...release(2), jobs: moves.slice(0, 1) },
    { ...release(1), jobs: moves.slice(1) },
  ]);
  expect([...users].map(([uri, jobs]) => [uri, [...jobs]])).toEqual([
    ["s3://b/1", ["a"]],
    ["s3://b/2", ["a", "b"]],
    ["s3://b/z", ["a"]],
  ]);
});
