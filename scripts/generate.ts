/**
 * Writes what comes from the zod contracts: actions/*\/action.yml, the input and output tables of the READMEs, and the
 * JSON Schemas of the manifest, the findings file and the command line, the policies in docs/permissions.md, docs/cli.md, and the tables and pictures of
 * docs/performance.md. `--check` only tells whether the committed files are stale.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { commands } from "../src/cli/commands.ts";
import { deployGlue } from "../src/contract/deploy-glue.ts";
import { runE2e } from "../src/contract/run-e2e.ts";
import { validateGlue } from "../src/contract/validate-glue.ts";
import { e2eResultJsonSchema } from "../src/e2e/result-json-schema.ts";
import { manifestJsonSchema } from "../src/manifest/json-schema.ts";
import { findingsJsonSchema } from "../src/validate/findings-json-schema.ts";
import { actionYaml, inputTable, outputTable } from "./action-documents.ts";
import { readBenchResults } from "./bench-results.ts";
import { cliSections } from "./cli-documents.ts";
import { cliJsonSchema } from "./cli-schema.ts";
import { performanceSections } from "./performance-documents.ts";
import { performancePlots } from "./performance-plots.ts";
import { policySections } from "./policy-documents.ts";
import { replaceSection } from "./sections.ts";
import { causesTable } from "./troubleshooting-documents.ts";

const root = join(import.meta.dirname, "..");
const check = process.argv.includes("--check");
const stale: string[] = [];

for (const contract of [validateGlue, deployGlue, runE2e]) {
  const folder = join(root, "actions", contract.id);
  await emit(join(folder, "action.yml"), actionYaml(contract));
  const readme = join(folder, "README.md");
  const withInputs = replaceSection(await readFile(readme, "utf8"), "inputs", inputTable(contract));
  await emit(readme, replaceSection(withInputs, "outputs", outputTable(contract)));
}
await emitSchema("glue-pipeline.schema.json", manifestJsonSchema());
await emitSchema("e2e-report.schema.json", e2eResultJsonSchema());
await emitSchema("findings.schema.json", findingsJsonSchema());

await emitSections("docs/permissions.md", await policySections(root));

await emitSections("docs/cli.md", cliSections(commands));
await emitSections("docs/troubleshooting.md", { causes: causesTable() });
const benchResults = await readBenchResults(root);
await emitSections("docs/performance.md", performanceSections(benchResults));
for (const [path, svg] of Object.entries(await performancePlots(benchResults)))
  await emit(join(root, "docs", path), svg);
await emitSchema("cli.schema.json", cliJsonSchema());

if (stale.length > 0) {
  console.error(`stale: ${stale.join(", ")}\nRun \`npm run generate\` and commit what it writes.`);
  process.exitCode = 1;
}

async function emitSections(path: string, sections: Readonly<Record<string, string>>): Promise<void> {
  let page = await readFile(join(root, path), "utf8");
  for (const [name, content] of Object.entries(sections)) page = replaceSection(page, name, content);
  await emit(join(root, path), page);
}

async function emitSchema(name: string, schema: object): Promise<void> {
  await emit(join(root, "schemas", name), `${JSON.stringify(schema, null, 2)}\n`);
}

async function emit(path: string, content: string): Promise<void> {
  const current = await readFile(path, "utf8").catch(() => undefined);
  if (current === content) return;
  if (check) stale.push(relative(root, path));
  else await writeFile(path, content);
}
