import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { ToolkitError, ToolkitErrors } from "../../src/base/errors.ts";
import { loadManifest } from "../../src/manifest/load.ts";
import { resolveJobs } from "../../src/scripts/resolve.ts";
import { workspaceWith } from "../support/workspace.ts";

const whole = {
  version: 1,
  name: "lake",
  environments: { dev: { region: "us-east-1", variables: { team: "data" } } },
  scripts: { bucket: "abc", prefix: "p/" },
  defaults: { "glue-version": "5.0", "extra-py-files": ["libs"] },
  jobs: { silver: { job: "silver-${environment}", script: "jobs/silver.py", bookmarks: true } },
  validate: { rules: { "missing-init": "off" } },
  e2e: {
    clean: ["s3://abc-landing/x/"],
    bookmarks: ["silver"],
    athena: { database: "db" },
    steps: {
      up: { upload: "a.json", to: "s3://abc-landing/" },
      silver: { needs: ["up"], run: "silver", arguments: { "--x": 1 }, timeout: "2m" },
      check: { needs: ["silver"], query: "SELECT 1", "expect-value": 1 },
    },
  },
};

const oddText = fc.constantFrom(
  ...[
    "",
    " ",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "${",
    "${environment}",
    "${nope}",
    "$${x}",
  ],
  ...[
    "../../etc/passwd",
    "/etc/passwd",
    "a\\b",
    "**/*.py",
    "{a,b}",
    "[",
    "!x",
    "\0",
    "\u001b[31m",
    "\n::error::x",
  ],
  ...[
    "\u202e",
    "\ufeff",
    "\ud83d",
    "s3://",
    "s3://abc/",
    "s3://ABC/",
    "1h",
    "99999999999h",
    "5",
    "x".repeat(5_000),
  ],
);
const oddValue = fc.oneof(
  oddText,
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    0,
    1e308,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    [],
    {},
    [[]],
    [null],
    { a: {} },
  ),
  fc.object({
    key: fc.oneof(oddText, fc.constantFrom("job", "script", "run", "needs")),
    maxDepth: 2,
    maxKeys: 4,
  }),
);

type Node = Record<string, unknown> | unknown[];

/** Every place of a document that can be changed: the container and the key. */
function placesOf(value: unknown): readonly (readonly [Node, string])[] {
  if (value === null || typeof value !== "object") return [];
  const node = value as Node;
  return Object.keys(node).flatMap((key) => [
    [node, key] as const,
    ...placesOf((node as Record<string, unknown>)[key]),
  ]);
}

const changedDocument = fc
  .array(
    fc.record({
      place: fc.nat(1_000),
      how: fc.constantFrom("replace", "remove", "add"),
      value: oddValue,
      name: oddText,
    }),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((changes) => {
    const document = structuredClone(whole);
    for (const { place, how, value, name } of changes) {
      const places = placesOf(document);
      const [node, key] = places[place % places.length] ?? [document, "name"];
      const own = { enumerable: true, configurable: true, writable: true, value: structuredClone(value) };
      if (how === "remove") Reflect.deleteProperty(node, key);
      else Object.defineProperty(node, how === "add" && !Array.isArray(node) ? name : key, own);
    }
    return stringify(document, { aliasDuplicateObjects: false });
  });

const text = stringify(whole);
const snippets = [
  ...[
    "&a ",
    "*a",
    "<<: *a\n",
    "!!binary x",
    "!!js/function x",
    "!<tag:x> ",
    "? ",
    ": ",
    "- ",
    "[",
    "{",
    "]",
    "}",
    "|\n",
    ">\n",
    "'",
    '"',
  ],
  ..."\0\u0007\u001b\ufeff\u2028\u0085\t".split(""),
  ...[
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "%TAG ! x\n",
    "#",
    "\r",
    "\n",
    "jobs:\n",
    "__proto__: { polluted: true }\n",
    "${",
    "}",
    "~",
    "0x10",
    ".nan",
  ],
];
const changedText = fc
  .array(fc.record({ at: fc.nat(text.length), cut: fc.nat(6), piece: fc.constantFrom(...snippets) }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((changes) =>
    changes.reduce((yaml, { at, cut, piece }) => yaml.slice(0, at) + piece + yaml.slice(at + cut), text),
  );

const bytes = fc.tuple(fc.constant(text), fc.nat(), fc.nat(255)).map(([yaml, at, byte]) => {
  const buffer = Buffer.from(yaml);
  buffer[at % buffer.length] = byte;
  return buffer;
});

/** Loads a manifest as an action does; whatever is thrown has to be the toolkit's own, with its place and remedy. */
async function load(content: string | Uint8Array): Promise<"loaded" | "refused"> {
  const workspace = await workspaceWith({
    "glue-pipeline.yml": content,
    "jobs/silver.py": "",
    "libs/x.py": "",
  });
  try {
    await resolveJobs(
      await loadManifest({ workspace, path: "glue-pipeline.yml", environment: "dev" }),
      workspace,
    );
    return "loaded";
  } catch (thrown) {
    const errors = thrown instanceof ToolkitErrors ? thrown.errors : [thrown];
    for (const error of errors) {
      expect(error).toBeInstanceOf(ToolkitError);
      expect(error).toMatchObject({
        source: "user",
        remedy: expect.stringMatching(/[.!?]$/),
        message: expect.stringMatching(/\S/),
      });
      expect(error).toHaveProperty("location.path", "glue-pipeline.yml");
    }
    return "refused";
  } finally {
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect("polluted" in {}).toBe(false);
  }
}

describe("a hostile manifest", () => {
  it.each([
    ["changed values and keys", changedDocument, 300],
    ["changed text", changedText, 300],
    ["changed bytes", bytes, 150],
  ])("is loaded or refused in words: %s", async (_, manifests, runs) => {
    const seen = new Set<string>();
    const property = fc.asyncProperty<[string | Uint8Array]>(
      manifests,
      async (content) => void seen.add(await load(content)),
    );
    await fc.assert(property, { numRuns: runs, seed: 20_261_126 });
    expect(seen).toEqual(new Set(["loaded", "refused"]));
  });

  it.each([
    [
      "thousands of errors at once",
      `version: 1\nname: x\nenvironments: { dev: { region: r } }\nscripts: { bucket: b }\njobs:\n${Array.from({ length: 3_000 }, (_, n) => `  j${n}: { jab: 1 }\n`).join("")}`,
    ],
    [
      "a variable for each of many errors",
      `version: 1\nname: x\nenvironments:\n  dev:\n    region: r\n    variables: {${Array.from({ length: 3_000 }, (_, n) => `v${n}: 1`).join(", ")}}\nscripts: { bucket: b }\njobs:\n${Array.from({ length: 3_000 }, (_, n) => `  j${n}: { job: "\${w${n}}", script: a.py }\n`).join("")}`,
    ],
    [
      "aliases that grow ninefold",
      Array.from(
        { length: 12 },
        (_, n) =>
          `a${n}: &a${n} [${Array(9)
            .fill(n === 0 ? "x" : `*a${n - 1}`)
            .join(",")}]\n`,
      ).join(""),
    ],
    ["an alias inside of what it names", "jobs: &a { b: *a }\n"],
    ["nested maps", `${Array.from({ length: 3_000 }, (_, n) => `${" ".repeat(n % 300)}k:`).join("\n")}\n`],
    ["nested brackets", "a: ".concat("[".repeat(20_000), "]".repeat(20_000))],
    ["a merge key", "x: &x { version: 1 }\n<<: *x\n"],
    ["nothing", ""],
    ["a list", "- 1\n"],
    ["UTF-16", Buffer.from("\ufeffversion: 1\n", "utf16le")],
    ["nul bytes", "version: 1\0\n"],
  ])("is refused in words: %s", async (_, content) => {
    expect(await load(content)).toBe("refused");
  });
});
