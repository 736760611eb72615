/** Brings src/entries/version.ts to the version of package.json, after `changeset version` has set that. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const file = join(root, "src/entries/version.ts");
const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
const text = await readFile(file, "utf8");
const pattern = /(export const version = ")[^"]+(";)/;
if (!pattern.test(text)) throw new Error(`${file} has no version to set`);
await writeFile(file, text.replace(pattern, `$1${version}$2`));
