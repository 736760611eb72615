import { describe, expect, it } from "vitest";
import type { Provenance } from "../../src/deploy/place.ts";
import type { Plan } from "../../src/deploy/plan.ts";
import {
  formatRecord,
  parseRecord,
  pendingRecord,
  type ReleaseRecord,
  releaseId,
  releaseTime,
} from "../../src/deploy/record.ts";

const record: ReleaseRecord = {
  version: 2,
  id: "20251105T103000.123Z-4f2d9c81b0de-1001",
  kind: "deploy",
  status: "applied",
  environment: "dev",
  region: "us-east-1",
  account: "000000000000",
  createdAt: "2025-11-05T10:30:00.123Z",
  settledAt: "2025-11-05T10:30:04.000Z",
  rollbackTo: null,
  note: null,
  manifest: { name: "acme", path: "glue-pipeline.yml" },
  provenance: { commit: "4f2d9c81b0de7a66", repository: "acme/datalake", runId: "1001" },
  jobs: [],
  objects: {},
};

describe("a release record", () => {
  it("is named by time, commit and run, so that names sort by time", () => {
    const time = Date.parse("2025-11-05T10:30:00.123Z");
    expect(releaseId(time, record.provenance)).toBe(record.id);
    expect(releaseId(time, { commit: "a/b", repository: "r", runId: "x y/1" })).toBe(
      "20251105T103000.123Z-a_b-x_y_1",
    );
  });

  it.each([
    ["nothing was released yet", undefined, 0],
    ["the newest is older", "20251105T102959.000Z-4f2d9c81b0de-1", 0],
    ["the newest is of the same moment", "20251105T103000.123Z-4f2d9c81b0de-1", 1],
    ["another machine's clock was an hour ahead", "20251105T113000.123Z-4f2d9c81b0de-1", 3_600_001],
  ])("sorts after all older ones when %s", (_name, newest, later) => {
    const time = Date.parse("2025-11-05T10:30:00.123Z");
    expect(releaseTime(time, newest)).toBe(time + later);
    if (newest !== undefined)
      expect(releaseId(releaseTime(time, newest), record.provenance) > newest).toBe(true);
  });

  it("reads back as it was written", () => {
    expect(parseRecord(formatRecord(record), record.id, "s3://b/k")).toEqual(record);
  });

  it.each([
    ["half-written", formatRecord(record).slice(0, 80)],
    ["of a newer version", JSON.stringify({ ...record, version: 3 })],
    ["with a status nobody knows", JSON.stringify({ ...record, status: "done" })],
    ["empty", ""],
    ["another release's", formatRecord({ ...record, id: "20251105T103000.124Z-4f2d9c81b0de-2" })],
  ])("that is %s is refused by name", (_name, text) => {
    expect(() => parseRecord(text, record.id, "s3://b/k.json")).toThrow(
      expect.objectContaining({
        code: "release-record-invalid",
        message: expect.stringContaining("s3://b/k.json"),
      }),
    );
  });
});

it("a record's text that can't be read is told by its member, or as a whole", () => {
  expect(() => parseRecord("no JSON", record.id, "s3://b/r.json")).toThrow(
    /r\.json is not a release record .*: document: /,
  );
  expect(() => parseRecord(JSON.stringify({ ...record, status: "new" }), record.id, "s3://b/r.json")).toThrow(
    /: status: /,
  );
});

it("a release whose id tells no time is passed over", () => {
  expect(releaseTime(5, "20251399T996199.9.9Z-x-1")).toBe(5);
  expect(releaseTime(5, "hello")).toBe(5);
});

it("a record that can't be read is told with its member's path, and with what to do", () => {
  const jobs = [{ key: "a", job: "a", before: { scriptLocation: 1 }, after: null }];
  expect(() => parseRecord(JSON.stringify({ ...record, jobs }), record.id, "s3://b/r.json")).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(
        /^s3:\/\/b\/r\.json is not a release record this toolkit can read: jobs\.0\.before\.scriptLocation: .*string/,
      ),
      remedy:
        "If a newer version of the toolkit wrote it, use that version; if it was damaged, restore or delete it.",
    }),
  );
});

describe("the record of a plan", () => {
  const at = (name: string) => ({ scriptLocation: `s3://b/${name}.py`, extraPyFiles: null });
  const planned = (name: string, current: object | null, next: object | null) => ({
    key: `key-${name}`,
    job: name,
    current,
    next,
    fields: current === null ? [] : [{ member: "Command.ScriptLocation" }],
  });
  const planOf = (provenance: Provenance, mode = "deploy") =>
    ({
      mode,
      environment: "dev",
      region: "us-east-1",
      account: "000000000000",
      rollbackTo: mode === "rollback" ? "r0" : null,
      provenance,
      manifest: { name: "acme", path: "glue-pipeline.yml" },
      objects: { "s3://b/new.py": digest, "s3://b/other.py": digest },
      jobs: [
        planned("a", at("old"), at("new")),
        planned("gone", null, null),
        { ...planned("same", at("same"), at("same")), fields: [] },
      ],
    }) as unknown as Plan;
  const digest = "0123456789abcdef".repeat(4);
  const time = Date.parse(record.createdAt);
  const jobs = [{ key: "key-a", job: "a", before: at("old"), after: at("new") }];

  it("is pending, and names the jobs that change, with the digests of what they name", () => {
    expect(pendingRecord(planOf(record.provenance), time)).toEqual({
      ...record,
      status: "pending",
      settledAt: null,
      jobs,
      objects: { "s3://b/new.py": digest },
    });
  });

  it("tells who released it, where that is known, and what a rollback went back to", () => {
    const by = { ...record.provenance, runUrl: "https://ci/1", actor: "ana" };
    const made = pendingRecord(planOf({ ...by, secret: "x" } as Provenance, "rollback"), time);
    expect(made).toMatchObject({ kind: "rollback", rollbackTo: "r0" });
    expect(made.provenance).toEqual(by);
    expect(parseRecord(formatRecord(made), made.id, "s3://b/k")).toEqual(made);
  });
});
