/**
 * `npm run bench [-- name…]`: the benches named, or all. Each compares contestants that take turns on one machine; its
 * figures are printed and kept in bench/results.json under its name.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InterpreterFinder } from "../src/validate/interpreter.ts";
import type { Bench } from "./support/bench.ts";
import { keepResult, machineFacts } from "./support/results.ts";

const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  "deploy-unchanged": () => import("./deploy-unchanged.ts"),
  "deploy-all-changed": () => import("./deploy-all-changed.ts"),
  "deploy-throttled": () => import("./deploy-throttled.ts"),
  "deploy-ledger": () => import("./deploy-ledger.ts"),
  "deploy-growth": () => import("./deploy-growth.ts"),
  "e2e-clean": () => import("./e2e-clean.ts"),
  "e2e-critical-path": () => import("./e2e-critical-path.ts"),
  "e2e-growth": () => import("./e2e-growth.ts"),
  "action-start": () => import("./action-start.ts"),
  "validate-thousand-scripts": () => import("./validate-thousand-scripts.ts"),
  "validate-beside-linters": () => import("./validate-beside-linters.ts"),
  "validate-growth": () => import("./validate-growth.ts"),
  "validate-long-scripts": () => import("./validate-long-scripts.ts"),
};

const root = join(import.meta.dirname, "..");
const rounds = 5;
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in benches));
if (unknown.length > 0)
  throw new Error(`no such bench: ${unknown.join(", ")}; there are ${Object.keys(benches).join(", ")}`);

const { path: python, version } = await new InterpreterFinder(process.env).find([3, 11]);
const machine = machineFacts(version);
console.log(machine);

for (const [name, load] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const home = await mkdtemp(join(tmpdir(), "glue-toolkit-bench-"));
  try {
    const env = { PATH: process.env["PATH"] ?? "", HOME: home };
    const figures = await (await load()).run({ root, home, python, env, rounds });
    console.log(name, figures);
    const date = new Date().toISOString().slice(0, 10);
    await keepResult(join(root, "bench/results.json"), name, { date, machine, rounds, figures });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
