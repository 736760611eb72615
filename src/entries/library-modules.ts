import { join } from "node:path";
import { mapLimited } from "../base/limit.ts";
import { readLibrary } from "../scripts/library-modules.ts";
import type { ResolvedJob, ScriptProblem } from "../scripts/resolve.ts";
import { inspectPaths } from "../scripts/safe-path.ts";
import type { ScriptToCheck } from "../validate/scripts-to-check.ts";
import { scriptJob } from "./scripts.ts";

const readAtOnce = 8;

/** Modules of the jobs' libraries to compile as their jobs do, and libraries that can't be read. */
export interface LibrarySelection {
  readonly modules: readonly ScriptToCheck[];
  readonly problems: readonly ScriptProblem[];
  /** Names that a job can import from its libraries, by the job's key. */
  readonly importable: ReadonlyMap<string, readonly string[]>;
}

/** The Python modules of all `extra-py-files`, each with the jobs that can import it. */
export async function modulesOfJobs(
  workspace: string,
  jobs: readonly ResolvedJob[],
): Promise<LibrarySelection> {
  const paths = [...new Set(jobs.flatMap(({ extraPyFiles }) => extraPyFiles))];
  const libraries = await mapLimited(paths, readAtOnce, async (path) => ({
    users: jobs.filter(({ extraPyFiles }) => extraPyFiles.includes(path)),
    path,
    ...(await readLibrary(workspace, path)),
  }));
  const modules = new Map<string, ScriptToCheck>();
  for (const { users, modules: own } of libraries) {
    for (const { path, bytes } of own) {
      const known = modules.get(path)?.jobs ?? [];
      const library = bytes === undefined ? {} : { bytes };
      const all = [...known, ...users.map(scriptJob)];
      modules.set(path, { path, absolutePath: join(workspace, path), jobs: all, library });
    }
  }
  const unread = libraries.flatMap(({ users, path, problem }) =>
    problem === undefined ? [] : [unreadable(path, users, problem)],
  );
  const unsafe = await unsafeModules(workspace, [...modules.values()]);
  const refused = new Set(unsafe.map(({ path }) => path));
  return {
    modules: [...modules.values()].filter(({ path }) => !refused.has(path)),
    problems: [...unread, ...unsafe],
    importable: new Map(
      jobs.map(({ key, extraPyFiles }) => [
        key,
        libraries.filter(({ path }) => extraPyFiles.includes(path)).flatMap((library) => library.importable),
      ]),
    ),
  };
}

/** Links inside of a library's folder may lead out of the repository. */
async function unsafeModules(workspace: string, modules: readonly ScriptToCheck[]): Promise<ScriptProblem[]> {
  const files = modules.filter(({ library }) => library?.bytes === undefined);
  const verdicts = await inspectPaths(
    workspace,
    files.map(({ path }) => path),
  );
  return files.flatMap(({ path, jobs }, index) =>
    verdicts[index]?.kind === "file" ? [] : [leavesRepository(path, jobs)],
  );
}

function leavesRepository(path: string, jobs: readonly { readonly job: string }[]): ScriptProblem {
  return {
    rule: "unsafe-path",
    path,
    jobs: jobs.map(({ job }) => job),
    message: `${path} is not a regular file of this repository (links are followed)`,
    remedy: "Keep extra-py-files free of links that lead out of the repository.",
  };
}

function unreadable(path: string, users: readonly ResolvedJob[], message: string): ScriptProblem {
  const remedy = "Commit a whole archive, or a folder, which a deploy zips by itself.";
  return { rule: "unreadable-script", path, jobs: users.map(({ job }) => job), message, remedy };
}
