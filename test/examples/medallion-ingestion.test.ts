import { join } from "node:path";
import { execa } from "execa";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { medallion, readExample } from "./medallion-files.ts";
import { installation, sandboxPython } from "./python.ts";

const outcome = z.object({
  calls: z.array(
    z.object({ result: z.object({ written: z.array(z.string()) }), error: z.string() }).partial(),
  ),
  objects: z.record(z.string(), z.object({ sha256: z.array(z.string()), rows: z.array(z.unknown()) })),
});

interface Landed {
  readonly etag: string;
  readonly body: string;
}

/** One record of an S3 event; the key as S3 encodes it. */
function record(key: string, sequencer = "0A", eTag = "e1") {
  return {
    eventTime: "2025-11-05T18:03:24.123Z",
    s3: { bucket: { name: "landing" }, object: { key, eTag, sequencer } },
  };
}

async function invoke(landed: Readonly<Record<string, Landed>>, ...events: ReturnType<typeof record>[][]) {
  const input = JSON.stringify({ landed, events: events.map((Records) => ({ Records })) });
  const script = join(import.meta.dirname, "invoke_ingest.py");
  const { stdout } = await execa(await sandboxPython(), [script, join(medallion, "lambda")], { input });
  return outcome.parse(JSON.parse(stdout));
}

const body = readExample("data/car_raw_data_001.json");

describe("ingestion", () => {
  beforeAll(sandboxPython, installation);

  it("writes one Parquet file per document, named and partitioned by the event's time", async () => {
    const { calls, objects } = await invoke({ "a.json": { etag: "e1", body } }, [record("a.json")]);
    const [key = ""] = Object.keys(objects);
    expect(key).toMatch(
      /^bronze\/car_data\/ingest_year=2025\/ingest_month=11\/ingest_day=05\/car_data_20251105_180324_[0-9a-f]{8}\.parquet$/,
    );
    expect(calls).toEqual([{ result: { written: [key] } }]);
    expect(objects[key]?.rows).toHaveLength(4);
  });

  it("keeps the nesting, and adds where the event came from", async () => {
    const { objects } = await invoke({ "a.json": { etag: "e1", body } }, [record("a.json")]);
    expect(Object.values(objects)[0]?.rows[0]).toMatchObject({
      event_id: "evt-5d0c41a7",
      vehicle_dynamic_state: { engine: { data: { temperature: 88.2 } } },
      source: "connected-car-gateway",
      source_file: "s3://landing/a.json",
      ingested_at: "2025-11-05T18:03:24.123000+00:00",
    });
  });

  it("writes the same bytes to the same key when an event is delivered again", async () => {
    const { objects } = await invoke(
      { "a.json": { etag: "e1", body } },
      [record("a.json")],
      [record("a.json")],
    );
    const [digests] = Object.values(objects).map(({ sha256 }) => sha256);
    expect(Object.keys(objects)).toHaveLength(1);
    expect(digests).toHaveLength(2);
    expect(digests?.[1]).toBe(digests?.[0]);
  });

  it("writes another file when the document is uploaded again", async () => {
    const landed = { "a.json": { etag: "e1", body } };
    const { objects } = await invoke(landed, [record("a.json", "0A")], [record("a.json", "0B")]);
    expect(Object.keys(objects)).toHaveLength(2);
  });

  it("reads keys that S3 had to encode", async () => {
    const { objects } = await invoke({ "mês 11/a+b.json": { etag: "e1", body } }, [
      record("m%C3%AAs+11/a%2Bb.json"),
    ]);
    expect(Object.values(objects)[0]?.rows[0]).toMatchObject({ source_file: "s3://landing/mês 11/a+b.json" });
  });

  it.each([
    ["is not JSON", '{"events": [', /a\.json is not JSON/],
    ["is not an object", "[1, 2]", /a\.json has no list of events/],
    ["has no events", '{"events": []}', /a\.json has no list of events/],
    [
      "has text for a number",
      '{"events": [{"trip": {"distance_km": "far"}}]}',
      /a\.json does not fit the schema/,
    ],
  ])("fails, naming the file, when a document %s", async (_, text, message) => {
    const { calls, objects } = await invoke({ "a.json": { etag: "e1", body: text } }, [record("a.json")]);
    expect(calls[0]?.error).toMatch(message);
    expect(objects).toEqual({});
  });

  it("still writes the good documents of an event that has a bad one", async () => {
    const landed = { "bad.json": { etag: "e1", body: "?" }, "good.json": { etag: "e1", body } };
    const { calls, objects } = await invoke(landed, [record("bad.json"), record("good.json")]);
    expect(calls[0]?.error).toContain("bad.json");
    expect(Object.keys(objects)).toHaveLength(1);
  });

  it.each([
    ["replaced", { "a.json": { etag: "e2", body } }],
    ["removed", {}],
  ])("writes nothing for a document that was %s since", async (_, landed: Record<string, Landed>) => {
    const { calls, objects } = await invoke(landed, [record("a.json")]);
    expect(calls).toEqual([{ result: { written: [] } }]);
    expect(objects).toEqual({});
  });
});
