import { readFileSync } from "node:fs";
import { cp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { commands } from "../../src/cli/commands.ts";
import { addCompletion } from "../../src/cli/completion.ts";
import { buildProgram } from "../../src/cli/program.ts";
import { parseInputs } from "../../src/contract/action.ts";
import { deployGlue } from "../../src/contract/deploy-glue.ts";
import { runE2e } from "../../src/contract/run-e2e.ts";
import { validateGlue } from "../../src/contract/validate-glue.ts";
import { loadManifest } from "../../src/manifest/load.ts";
import { useSandboxEnvironment } from "../support/aws-environment.ts";
import { runCli } from "../support/cli.ts";
import { medallion } from "../support/medallion.ts";
import { wordsOf } from "../support/shell-words.ts";
import { workspaceWith } from "../support/workspace.ts";
import { allBlocks, type Block, commandsOf, root } from "./blocks.ts";

const blocks = allBlocks();
const named = (wanted: (block: Block) => boolean) =>
  blocks.filter(wanted).map((block) => ({ ...block, place: `${block.file}:${block.line}` }));

/** Blocks that are shown to be right elsewhere, or that need what a test hasn't got; by page and fence. */
const elsewhere: Readonly<Record<string, string>> = {
  "docs/rules.md python bad": "test/validate/rules-page.test.ts runs it",
  "docs/rules.md python good": "test/validate/rules-page.test.ts runs it",
  "docs/rules.md yaml bad": "test/validate/rules-page.test.ts runs it",
  "docs/rules.md yaml good": "test/validate/rules-page.test.ts runs it",
  "docs/guide.md sh aws": "makes IAM resources of a real account and settings of a real repository",
  "docs/migrating.md sh aws": "shows what is replaced",
  "docs/sandbox.md sh":
    "clients of a sandbox that runs: the AWS CLI and curl, whose calls test/sandbox makes",
  "docs/sandbox.md yaml": "test/sandbox/provision.test.ts provisions the same keys",
  "docs/cli.md sh install": "test/cli/package.test.ts installs the package into an empty folder and runs it",
  "examples/medallion/README.md console":
    "clients of a sandbox that runs: the AWS CLI, whose calls test/sandbox makes",
  "examples/medallion/incident/README.md console":
    "test/examples/medallion-scripts.test.ts compiles that script",
};

const outputs: ReadonlySet<string> = new Set(["", "text"]);
const isElsewhere = ({ file, info }: Block): boolean => `${file} ${info}` in elsewhere;
const isYaml = (block: Block): boolean => block.info === "yaml" && !isElsewhere(block);
const isNpm = (block: Block): boolean => block.info === "sh" && !isElsewhere(block);

describe("the pages", () => {
  it("have no block that nothing shows to be right", () => {
    const proven = new Set(["sh run", "sh example", "json", "hcl"]);
    const unproven = blocks.filter(
      (block) =>
        !(
          outputs.has(block.info) ||
          proven.has(block.info) ||
          isElsewhere(block) ||
          isYaml(block) ||
          isNpm(block)
        ),
    );
    expect(unproven.map(({ file, line, info }) => `${file}:${line} ${info}`)).toEqual([]);
  });

  it("need every exception", () => {
    const used = new Set(blocks.map(({ file, info }) => `${file} ${info}`));
    expect(Object.keys(elsewhere).filter((key) => !used.has(key))).toEqual([]);
  });

  it.each(named(({ info }) => info === "sh example"))(
    "$place: the command line understands it",
    async (block) => {
      for (const command of commandsOf(block)) {
        const called: string[] = [];
        const program = buildProgram(commands, ({ name }) => Promise.resolve(void called.push(name)));
        addCompletion(program, { stdout: { write: () => true }, currentFolder: root });
        const line = /glue-toolkit (.*?)\)?(?: > \S+)?$/.exec(command)?.[1] ?? "";
        if (line.startsWith("completion")) expect(command).toMatch(/completion (bash|zsh|fish|powershell)\)/);
        else {
          await program.parseAsync(wordsOf(line), { from: "user" });
          expect(called).toHaveLength(1);
        }
      }
    },
  );

  it.each(named(isNpm))("$place: every npm script is there", (block) => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object };
    for (const command of commandsOf(block).flatMap((line) => line.split("&&"))) {
      const [, name = ""] = /^\s*(?:[A-Z]+=\S+ )*npm (?:run )?([\w:-]+)/.exec(command) ?? [];
      expect(["ci", ...Object.keys(scripts)]).toContain(name);
    }
  });

  it.each(named(({ info }) => info === "json"))("$place: is JSON", ({ text }) => {
    expect(JSON.parse(text)).toBeTypeOf("object");
  });

  it.each(named(({ info }) => info === "hcl"))(
    "$place: is indented as terraform fmt does, and whole",
    ({ text }) => {
      let depth = 0;
      for (const line of text.split("\n").filter((each) => each.trim() !== "")) {
        const code = line.replace(/#.*$/, "").replaceAll(/\$\{[^}]*\}/g, "");
        if (/^\s*\}/.test(code)) depth -= 1;
        expect(line).toMatch(new RegExp(`^ {${2 * depth}}\\S`));
        if (/\{\s*$/.test(code)) depth += 1;
      }
      expect(depth).toBe(0);
    },
  );

  it.each(named(isYaml))("$place: is a workflow, steps, hooks or part of a manifest", async ({ text }) => {
    const document = parse(text.replaceAll("…/", "glue-deploy-toolkit/glue-deploy-toolkit/actions/")) as Part;
    if (Array.isArray(document)) document.forEach(assertStep);
    else if (document.repos !== undefined) assertHooks(document.repos);
    else if (document.steps !== undefined) document.steps.forEach(assertStep);
    else if (document.on !== undefined) {
      for (const job of Object.values(document.jobs ?? {})) {
        if (job.uses === undefined) job.steps?.forEach(assertStep);
        else assertCall(job.uses, job.with ?? {});
      }
    } else await assertManifestPart(document);
  });
});

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Part {
  readonly on?: unknown;
  readonly repos?: readonly { readonly hooks: readonly { readonly id: string }[] }[];
  readonly steps?: readonly Step[];
  readonly jobs?: Readonly<Record<string, Step & { readonly steps?: readonly Step[] }>>;
}

/** A call of one of this repository's reusable workflows, with inputs that it has. */
function assertCall(uses: string, given: Readonly<Record<string, unknown>>): void {
  const [, path] =
    /^glue-deploy-toolkit\/glue-deploy-toolkit\/(\.github\/workflows\/[\w-]+\.yml)@v1$/.exec(uses) ?? [];
  expect(path, uses).toBeDefined();
  const workflow = parse(readFileSync(join(root, path ?? ""), "utf8")) as {
    readonly on: { readonly workflow_call: { readonly inputs: Readonly<Record<string, unknown>> } };
  };
  expect(Object.keys(workflow.on.workflow_call.inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
}

const contracts = { "validate-glue": validateGlue, "deploy-glue": deployGlue, "run-e2e": runE2e } as const;

function assertStep(step: Step): void {
  expect(step.uses ?? step.run).toBeTypeOf("string");
  const [, id] = /(?:^|\/)actions\/([\w-]+)@v1$/.exec(step.uses ?? "") ?? [];
  if (id === undefined || !step.uses?.includes("glue-deploy-toolkit")) return;
  const given = Object.entries(step.with ?? {}).filter(([, value]) => !String(value).includes("${{"));
  parseInputs(
    contracts[id as keyof typeof contracts],
    Object.fromEntries(given.map(([key, value]) => [key, String(value)])),
  );
}

function assertHooks(repos: NonNullable<Part["repos"]>): void {
  const offered = parse(readFileSync(join(root, ".pre-commit-hooks.yaml"), "utf8")) as { id: string }[];
  const ids = offered.map(({ id }) => id);
  for (const { id } of repos.flatMap(({ hooks }) => hooks)) expect(ids).toContain(id);
}

async function assertManifestPart(part: object): Promise<void> {
  const silver = { job: "acme-silver", script: "silver.py" };
  const base = {
    version: 1,
    name: "acme",
    environments: { dev: { region: "us-east-1" } },
    scripts: { bucket: "acme-scripts" },
    jobs: { silver, "silver-consolidation": { ...silver, job: "acme-silver-consolidation" } },
  };
  // JSON is YAML
  const workspace = await workspaceWith({ "glue-pipeline.yml": JSON.stringify({ ...base, ...part }) });
  expect((await loadManifest({ workspace, path: "glue-pipeline.yml" })).jobs.length).toBeGreaterThan(0);
}

describe("the commands that the pages tell a newcomer to run", () => {
  const sandbox = useSandboxEnvironment();
  const pages = [
    ...Map.groupBy(
      named(({ info }) => info === "sh run"),
      ({ file }) => file,
    ),
  ];

  it.each(pages)(
    "%s works word by word, from a repository of scripts alone",
    async (_, told) => {
      await sandbox.current.provision(medallion);
      const workspace = await workspaceWith({});
      for (const part of ["glue_jobs", "data"])
        await cp(join(medallion, part), join(workspace, part), { recursive: true });
      for (const command of told.flatMap(commandsOf)) {
        const [line = "", file] = command.replace(/^npx glue-toolkit /, "").split(" > ");
        const result = await runCli(workspace, wordsOf(line));
        expect({ command, ...result }).toMatchObject({ exitCode: 0 });
        if (file !== undefined) await writeFile(join(workspace, file), result.stdout);
      }
      await rm(workspace, { recursive: true });
    },
    120_000,
  );
});
