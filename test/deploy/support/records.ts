import { formatRecord, type ReleaseRecord } from "../../../src/deploy/record.ts";
import type { SmallAws } from "./small-aws.ts";
import { oldScript, type SmallWorld, smallWorld } from "./small-world.ts";

/** Jobs of a record: where each pointed before and after, as short names of scripts. */
export type Moves = Readonly<Record<string, readonly [string, string]>>;

export const at = (name: string) => ({ scriptLocation: `s3://s/${name}.py`, extraPyFiles: null });

/** The id of the release of a day in November. */
export const idOf = (day: number): string => `202511${String(day).padStart(2, "0")}T000000.000Z-c-${day}`;

/** The release of a day in November. */
export function recordOf(day: number, moves: Moves, more: Partial<ReleaseRecord> = {}): ReleaseRecord {
  return {
    version: 2,
    id: idOf(day),
    kind: "deploy",
    status: "applied",
    environment: "dev",
    region: "us-east-1",
    account: "123456789012",
    createdAt: `2025-11-${String(day).padStart(2, "0")}T00:00:00.000Z`,
    settledAt: null,
    rollbackTo: null,
    note: null,
    provenance: { commit: "c", repository: "r", runId: String(day) },
    manifest: { name: "acme", path: "glue-pipeline.yml" },
    objects: {},
    jobs: Object.entries(moves)
      .filter(([, [before, after]]) => before !== after)
      .map(([job, [before, after]]) => ({
        key: `key-${job}`,
        job,
        before: at(before),
        after: at(after),
      })),
    ...more,
  };
}

/** Puts releases into the ledger. */
export function storeRecords(aws: SmallAws, ...records: readonly ReleaseRecord[]): void {
  for (const record of records) {
    aws.store(`p/_releases/${record.environment}/${record.id}.json`, formatRecord(record));
  }
}

/** A world whose newest release was left pending, with its jobs still where they were. */
export async function interruptedWorld(): Promise<SmallWorld> {
  const world = await smallWorld();
  const record = recordOf(1, {}, { status: "pending" });
  const before = { scriptLocation: oldScript, extraPyFiles: null };
  storeRecords(world.aws, {
    ...record,
    jobs: [{ key: "key-a", job: "a", before, after: at("never") }],
  });
  return world;
}
