import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { beforeAll, describe, expect, it } from "vitest";
import { workflowTools } from "./support/tools.ts";

const root = join(import.meta.dirname, "../..");
const folder = join(root, ".github/workflows");
const files = readdirSync(folder).map((name) => join(folder, name));
let path = "";

beforeAll(async () => {
  path = `${await workflowTools()}:${process.env["PATH"]}`;
}, 300_000);

function lint(command: string, args: readonly string[]) {
  return execa(command, args, { cwd: root, env: { PATH: path }, reject: false, all: true });
}

describe("the workflows", () => {
  it("please actionlint, shell scripts included", async () => {
    const { exitCode, all } = await lint("actionlint", files);
    expect({ exitCode, all }).toEqual({ exitCode: 0, all: "" });
  });

  it("please zizmor, with nothing ignored", async () => {
    const { exitCode, all } = await lint("zizmor", ["--offline", "--no-progress", ".github", "actions"]);
    expect(all).toContain("No findings to report");
    expect(exitCode).toBe(0);
    const configuration = readFileSync(join(root, ".github/zizmor.yml"), "utf8");
    const texts = [configuration, ...files.map((file) => readFileSync(file, "utf8"))];
    expect(texts.filter((text) => /zizmor:\s*ignore|\bignore:|\bdisable:/.test(text))).toEqual([]);
  });
});
