import { join } from "node:path";
import { execa } from "execa";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { QueryExpectation, QueryStep } from "../../src/manifest/manifest.ts";
import { loadExample, readExample } from "./medallion-files.ts";
import { installation, sandboxPython } from "./python.ts";

const resultSchema = z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.unknown())) });
type Result = z.infer<typeof resultSchema>;

/** Per check, what can be wrong with the data: a name and how it comes to be. */
const faults: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  "check-freshness": [
    [
      "nothing was ingested since yesterday",
      "UPDATE silver_car SET ingested_at = ingested_at - INTERVAL 1 DAY",
    ],
    ["silver was not written", "UPDATE silver_car SET processed_at = processed_at - INTERVAL 3 HOUR"],
    [
      "one car was not refreshed in gold",
      "UPDATE gold_car_current_state SET processed_at = processed_at - INTERVAL 3 HOUR WHERE car_id = 'car-a'",
    ],
    [
      "the efficiency table is old",
      "UPDATE gold_fuel_efficiency_monthly SET processed_at = processed_at - INTERVAL 3 HOUR",
    ],
    ["a car is missing", "DELETE FROM gold_car_current_state WHERE car_id = 'car-b'"],
    ["silver is empty", "DELETE FROM silver_car"],
  ],
  "check-no-duplicates": [
    [
      "an event stands twice in silver",
      "INSERT INTO silver_car SELECT * FROM silver_car WHERE event_id = 'evt-3'",
    ],
    [
      "a car has two states",
      "INSERT INTO gold_car_current_state SELECT * FROM gold_car_current_state LIMIT 1",
    ],
    [
      "a car's month stands twice",
      "INSERT INTO gold_fuel_efficiency_monthly SELECT * FROM gold_fuel_efficiency_monthly LIMIT 1",
    ],
    [
      "an alert was logged twice",
      "INSERT INTO gold_performance_alerts_log_slim SELECT * FROM gold_performance_alerts_log_slim",
    ],
  ],
  "check-counts": [
    ["silver lost an event", "DELETE FROM silver_car WHERE event_id = 'evt-1'"],
    ["old data is left in bronze", "INSERT INTO bronze_car_data VALUES ('evt-of-yesterday')"],
    ["gold lost a car", "DELETE FROM gold_car_current_state WHERE car_id = 'car-a'"],
    ["an event is not in the efficiency", "UPDATE gold_fuel_efficiency_monthly SET events = 1"],
    [
      "everything is empty",
      "DELETE FROM bronze_car_data; DELETE FROM silver_car; DELETE FROM gold_car_current_state; DELETE FROM gold_fuel_efficiency_monthly",
    ],
  ],
  "check-ranges": [
    [
      "an engine is hotter than any",
      "UPDATE silver_car SET engine_temperature = 400 WHERE event_id = 'evt-1'",
    ],
    ["a tank is more than full", "UPDATE silver_car SET fuel_level_percent = 101 WHERE event_id = 'evt-1'"],
    [
      "an event was received before it happened",
      "UPDATE silver_car SET received_at = event_timestamp - INTERVAL 1 SECOND WHERE event_id = 'evt-1'",
    ],
    [
      "an event lies in another day's partition",
      "UPDATE silver_car SET event_day = '06' WHERE event_id = 'evt-2'",
    ],
    ["an efficiency is no car's", "UPDATE gold_fuel_efficiency_monthly SET km_per_liter = 300"],
    ["an alert's severity is unknown", "UPDATE gold_performance_alerts_log_slim SET severity = 'FATAL'"],
  ],
  "check-references": [
    [
      "a state is not that of the last event",
      "UPDATE gold_car_current_state SET last_seen_at = last_seen_at - INTERVAL 1 MINUTE",
    ],
    [
      "gold knows a car that silver doesn't",
      "UPDATE gold_car_current_state SET car_id = 'car-z' WHERE car_id = 'car-a'",
    ],
    ["a car of silver has no state", "DELETE FROM gold_car_current_state WHERE car_id = 'car-a'"],
    ["a month has no events", "UPDATE gold_fuel_efficiency_monthly SET event_month = '10'"],
    ["an alert has no event", "UPDATE gold_performance_alerts_log_slim SET event_id = 'evt-9'"],
  ],
};
const rows = Object.entries(faults).flatMap(([check, all]) =>
  all.map(([fault, change]) => ({ check, fault, change })),
);

const results = new Map<string, Result>();
const checks = new Map<string, QueryStep>();

describe("the five checks", () => {
  beforeAll(async () => {
    for (const step of (await loadExample()).e2e?.steps ?? [])
      if (step.kind === "query") checks.set(step.key, step);
    const healthy = [...checks.keys()].map((check) => ({ check, change: "SELECT 1" }));
    const cases = [...healthy, ...rows].map(({ check, change }) => ({
      check,
      change,
      query: checks.get(check)?.sql,
    }));
    const input = JSON.stringify({ setup: readExample("../../test/examples/medallion.sql"), cases });
    const script = join(import.meta.dirname, "run_queries.py");
    const { stdout } = await execa(await sandboxPython(), [script], { input });
    const found = z.array(resultSchema).parse(JSON.parse(stdout));
    for (const [index, { check, change }] of cases.entries()) {
      const result = found[index];
      if (result) results.set(`${check} ${change}`, result);
    }
  }, installation);

  it("are the ones whose faults are listed here", () => {
    expect([...checks.keys()].toSorted()).toEqual(Object.keys(faults).toSorted());
  });

  it.each(Object.keys(faults))("%s holds for what the pipeline writes", (check) => {
    expect(judge(check, "SELECT 1")).toBe(true);
  });

  it.each(rows)("$check fails when $fault", ({ check, change }) => {
    expect(judge(check, change)).toBe(false);
  });
});

function judge(check: string, change: string): boolean {
  const [step, result] = [checks.get(check), results.get(`${check} ${change}`)];
  if (!step || !result) throw new Error(`${check} was not run`);
  return holds(step.expectation, result);
}

/** The manifest's meaning of expect-value, expect-rows, expect-min-rows and expect-columns. */
function holds({ value, rows: exact, minRows, columns }: QueryExpectation, result: Result): boolean {
  const verdicts = [
    value === undefined || (result.rows.length === 1 && result.rows[0]?.[0] === value),
    exact === undefined || result.rows.length === exact,
    minRows === undefined || result.rows.length >= minRows,
    columns === undefined || columns.join() === result.columns.join(),
  ];
  return verdicts.every(Boolean);
}
