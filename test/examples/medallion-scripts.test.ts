import { glob, stat } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { linesOf, medallion, readExample } from "./medallion-files.ts";

const good = "glue_jobs/silver_consolidation_job.py";
const broken = "incident/silver_consolidation_job.py";
const orphan = '    F.col("vehicle_dynamic_state.engine.data.temperature").alias("engine_temperature"),';

/** What Python says when it compiles a script, in the words Glue reports. */
async function compile(path: string): Promise<string> {
  const program = [
    "import os, sys",
    "path = sys.argv[1]",
    "try:",
    "    compile(open(path, encoding='utf-8').read(), os.path.basename(path), 'exec')",
    "except SyntaxError as error:",
    "    print(f'{type(error).__name__}: {error}')",
    "else:",
    "    print('compiles')",
  ].join("\n");
  return (await execa("python3", ["-I", "-c", program, join(medallion, path)])).stdout;
}

describe("the silver script", () => {
  it("has the incident's 293 lines and ends with the commit", () => {
    expect(linesOf(good)).toHaveLength(293);
    expect(linesOf(good).at(-1)).toBe("job.commit()");
    expect(readExample(good)).toMatch(/[^\n]\n$/);
  });

  it("commits once", () => {
    expect(linesOf(good).filter((line) => line.includes(".commit("))).toHaveLength(1);
  });
});

describe("the script of the incident", () => {
  it("has 523 lines, the first 293 of them the good script", () => {
    expect(linesOf(broken)).toHaveLength(523);
    expect(linesOf(broken).slice(0, 293)).toEqual(linesOf(good));
  });

  it("goes on after the commit with the line that the report quotes", () => {
    expect(linesOf(broken)[293]).toBe(orphan);
    expect(linesOf(good)).toContain(orphan);
  });

  it("repeats lines 60-286 in lines 294-520, and not one line more", () => {
    const lines = linesOf(broken);
    expect(lines.slice(293, 520)).toEqual(lines.slice(59, 286));
    expect(lines[520]).not.toBe(lines[286]);
    expect(lines.slice(520)).toEqual(lines.slice(289, 292));
  });

  it("fails to compile with the message of the incident", async () => {
    expect(await compile(broken)).toBe(
      "IndentationError: unexpected indent (silver_consolidation_job.py, line 294)",
    );
  });
});

describe("the example's Python", () => {
  it("compiles, but for the script of the incident", async () => {
    const paths: string[] = [];
    for await (const path of glob("{glue_jobs,lambda}/**/*.py", { cwd: medallion })) paths.push(path);
    expect(paths).toHaveLength(5);
    const verdicts = await Promise.all(paths.map(compile));
    expect(verdicts).toEqual(paths.map(() => "compiles"));
  });
});

describe("the test document", () => {
  const path = "data/car_raw_data_001.json";

  it("weighs 2.3 KiB, as in the incident", async () => {
    const { size } = await stat(join(medallion, path));
    expect((size / 1024).toFixed(1)).toBe("2.3");
  });

  it("holds an event that was sent again, corrected", () => {
    const { events } = JSON.parse(readExample(path)) as {
      events: { event_id: string; received_at: string; vehicle_dynamic_state: unknown }[];
    };
    const [first, again] = events.filter(({ event_id }) => event_id === "evt-5d0c41e9");
    expect(again?.received_at.localeCompare(first?.received_at ?? "")).toBe(1);
    expect(again?.vehicle_dynamic_state).not.toEqual(first?.vehicle_dynamic_state);
  });
});
