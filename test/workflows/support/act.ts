import { cp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { workspaceWith } from "../../support/workspace.ts";
import { workflowTools } from "./tools.ts";

const root = join(import.meta.dirname, "../../..");
const standIns = join(import.meta.dirname, "../stand-ins");
const toolkit = "glue-deploy-toolkit/glue-deploy-toolkit@v1";

export interface ActOptions {
  readonly repository: string;
  readonly event: "pull_request" | "push" | "workflow_dispatch";
  readonly payload: unknown;
  /** The one workflow file to run, where the repository has several. */
  readonly workflow?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
}

export interface ActRun {
  readonly exitCode: number;
  readonly log: string;
  /** How each job that ran ended, by its name. */
  readonly jobs: Readonly<Record<string, "succeeded" | "failed">>;
  /** Files of the artifacts, by `<artifact>/<path>`. */
  readonly artifacts: readonly string[];
}

/** Runs workflows as GitHub would, on this machine: the toolkit is this checkout, the actions of others are stand-ins. */
export async function act(options: ActOptions): Promise<ActRun> {
  const home = await workspaceWith({ "event.json": JSON.stringify(options.payload) });
  const folder = join(home, "toolkit");
  await cp(join(root, "actions"), join(folder, "actions"), { recursive: true });
  await cp(join(root, ".github/workflows"), join(folder, ".github/workflows"), { recursive: true });
  const tools = await workflowTools();
  const node = join(root, "node_modules/.bin");
  const set = (flag: string, values: Readonly<Record<string, string>>) =>
    Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);
  const result = await execa(
    join(tools, "act"),
    [
      options.event,
      "--platform=ubuntu-latest=-self-hosted",
      "--no-cache-server",
      `--eventpath=${join(home, "event.json")}`,
      ...(options.workflow === undefined ? [] : [`--workflows=.github/workflows/${options.workflow}`]),
      ...set("--local-repository", { [toolkit]: folder, ...(await pinnedStandIns()) }),
      ...set("--env", { ...options.environment, ARTIFACTS: join(home, "artifacts") }),
      ...set("--var", options.variables ?? {}),
      "--secret=GITHUB_TOKEN=a-token",
    ],
    {
      cwd: options.repository,
      extendEnv: false,
      env: {
        PATH: `${node}:${process.env["PATH"]}`,
        HOME: home,
        XDG_CACHE_HOME: join(home, "cache"),
        NO_COLOR: "1",
      },
      all: true,
      reject: false,
      timeout: 120_000,
    },
  );
  const artifacts = await readdir(join(home, "artifacts"), { recursive: true }).catch(() => []);
  return { exitCode: result.exitCode ?? -1, log: result.all, jobs: jobsOf(result.all), artifacts };
}

/** `owner/name@commit` of each action that the workflows use and a stand-in is there for. */
async function pinnedStandIns(): Promise<Record<string, string>> {
  const names = await readdir(standIns);
  const uses = usesIn(
    await Promise.all(
      (await readdir(join(root, ".github/workflows"))).map((file) =>
        readFile(join(root, ".github/workflows", file), "utf8"),
      ),
    ),
  );
  return Object.fromEntries(
    uses.flatMap((use) => {
      const name = names.find((standIn) => new RegExp(`^[^/]+/${standIn}@`).test(use));
      return name === undefined ? [] : [[use, join(standIns, name)]];
    }),
  );
}

function usesIn(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/uses: (\S+)/g)].map(([, use = ""]) => use)))];
}

function jobsOf(log: string): Record<string, "succeeded" | "failed"> {
  return Object.fromEntries(
    [...log.matchAll(/^\[(.+?)\s*\] 🏁 {2}Job (succeeded|failed)$/gm)].map(([, name = "", end]) => [
      name.split("/").at(-1)?.trim() ?? "",
      end as "succeeded" | "failed",
    ]),
  );
}
