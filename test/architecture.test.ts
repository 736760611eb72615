import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

/** What each room of src may import, besides itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  base: [],
  contract: ["base"],
  aws: ["base"],
  manifest: ["base"],
  scripts: ["base", "manifest"],
  validate: ["base", "manifest", "scripts"],
  deploy: ["base", "manifest", "scripts", "validate", "aws"],
  e2e: ["base", "manifest", "scripts", "validate", "deploy", "aws"],
  init: ["base", "manifest", "scripts"],
  report: ["base", "manifest", "scripts", "validate", "deploy", "e2e"],
  github: ["base", "contract"],
  entries: [
    "base",
    "contract",
    "manifest",
    "scripts",
    "validate",
    "deploy",
    "e2e",
    "init",
    "report",
    "aws",
    "github",
  ],
  cli: ["base", "contract", "github", "entries"],
};

/** e2e uses of deploy only the ledger. */
const doors: Readonly<Record<string, RegExp>> = { "e2e>deploy": /^src\/deploy\/ledger/ };

/** Packages that only one room may touch. */
const gated: readonly { readonly name: RegExp; readonly rooms: readonly string[] }[] = [
  { name: /^@aws-sdk\/|^@smithy\//, rooms: ["aws"] },
  { name: /^@actions\/|^@octokit\//, rooms: ["github"] },
];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly external: boolean;
}

const imports = listSources("src").concat(listSources("sandbox")).flatMap(importsOf);

describe("the house", () => {
  it("is read: there are imports to judge", () => {
    expect(imports.length).toBeGreaterThan(50);
  });

  it("lets a room import only the rooms below it", () => {
    const wrong = imports.filter(({ from, to, external }) => {
      if (external || !from.startsWith("src/")) return false;
      const [room, target] = [roomOf(from), roomOf(to)];
      if (room === target) return false;
      const door = doors[`${room}>${target}`];
      return !(allowed[room] ?? []).includes(target) || (door !== undefined && !door.test(to));
    });
    expect(wrong).toEqual([]);
  });

  it("reaches AWS and GitHub only through their rooms", () => {
    const wrong = imports.filter(
      ({ from, to, external }) =>
        external &&
        from.startsWith("src/") &&
        gated.some(({ name, rooms }) => name.test(to) && !rooms.includes(roomOf(from))),
    );
    expect(wrong).toEqual([]);
  });

  it("keeps src and sandbox apart", () => {
    const wrong = imports.filter(
      ({ from, to, external }) => !external && from.split("/")[0] !== to.split("/")[0],
    );
    expect(wrong).toEqual([]);
  });

  it("has no cycles", () => {
    expect(findCycle(imports.filter(({ external }) => !external))).toBeUndefined();
  });

  it("reads environment, clock and process only at its edges", () => {
    const inner = listSources("src").filter((file) => !/^src\/(github|aws|cli|base\/clock)/.test(file));
    const wrong = inner.filter((file) =>
      /\bprocess\.env\b|\bDate\.now\(|\bnew Date\(\)/.test(readFileSync(join(root, file), "utf8")),
    );
    expect(wrong).toEqual([]);
  });

  it("keeps files under 300 lines", () => {
    const long = [...listSources("src"), ...listSources("sandbox")].filter(
      (file) => readFileSync(join(root, file), "utf8").split("\n").length > 300,
    );
    expect(long).toEqual([]);
  });
});

function listSources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => `${folder}/${file.replaceAll("\\", "/")}`);
}

function importsOf(file: string): Import[] {
  const source = readFileSync(join(root, file), "utf8");
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)|(?:^|\n)import\s+"([^"]+)"/g;
  return [...source.matchAll(pattern)].map((match) => {
    const target = match[1] ?? match[2] ?? match[3] ?? "";
    const external = !target.startsWith(".");
    return {
      from: file,
      to: external ? target : relative(root, join(root, dirname(file), target)),
      external,
    };
  });
}

function roomOf(file: string): string {
  return (file.split("/")[1] ?? "").replace(/\.ts$/, "");
}

function findCycle(edges: readonly Import[]): string[] | undefined {
  const targets = Map.groupBy(edges, ({ from }) => from);
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const { to } of targets.get(file) ?? []) {
      const cycle = visit(to, [...trail, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of targets.keys()) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}
