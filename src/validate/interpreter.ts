import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { delimiter, isAbsolute, join, parse, resolve, sep } from "node:path";
import { ToolkitError } from "../base/errors.ts";
import { formatMinor, type PythonMinor } from "./glue-versions.ts";
import { unusable } from "./process.ts";

/** A Python that was asked and answered. */
export interface Interpreter {
  /** The executable itself, shims resolved. */
  readonly path: string;
  readonly minor: PythonMinor;
  /** e.g. `3.11.7`. */
  readonly version: string;
}

/** An interpreter chosen for a wanted Python. */
export interface ChosenInterpreter extends Interpreter {
  readonly wanted: PythonMinor;
  readonly exact: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const oldest: PythonMinor = [3, 6];
const newestTried = 15;
const probeMilliseconds = 10_000;
const probe =
  "import sys, json; print(json.dumps([sys.implementation.name, sys.executable] + list(sys.version_info[:3])))";

/**
 * Finds interpreters in the user's choice or, without one, on PATH, in the runner's tool cache and under pyenv.
 * Each candidate is asked at most once.
 */
export class InterpreterFinder {
  readonly #environment: Environment;
  readonly #chosen: string | undefined;
  readonly #asked = new Map<string, Promise<Interpreter | undefined>>();
  #stored: Promise<readonly StoredPython[]> | undefined;

  constructor(environment: Environment, chosen?: string) {
    this.#environment = environment;
    this.#chosen = chosen === "" ? undefined : chosen;
  }

  /**
   * The exact Python, else the nearest newer, else the nearest older one that works; never one of `refused`.
   * @throws ToolkitError `python-not-found`, or `python-unusable` for a chosen one that doesn't answer.
   */
  async find(wanted: PythonMinor, refused: ReadonlySet<string> = new Set()): Promise<ChosenInterpreter> {
    if (this.#chosen !== undefined) {
      const found = await this.#ask(this.#chosen);
      if (found === undefined) throw unusable(this.#chosen, "doesn't answer as CPython 3.6 or newer");
      return choose(found, wanted);
    }
    this.#stored ??= storedPythons(this.#environment);
    const stored = await this.#stored;
    for (const minor of byNearness(wanted)) {
      const places = stored.filter((python) => python.minor === minor).map(({ path }) => path);
      for (const candidate of [...onPath(this.#environment, `python3.${minor}`), ...places]) {
        const found = await this.#ask(candidate);
        if (found?.minor[1] === minor && !refused.has(found.path)) return choose(found, wanted);
      }
    }
    for (const candidate of onPath(this.#environment, "python3", "python")) {
      const found = await this.#ask(candidate);
      if (found !== undefined && !refused.has(found.path)) return choose(found, wanted);
    }
    throw notFound(wanted);
  }

  #ask(path: string): Promise<Interpreter | undefined> {
    const known = this.#asked.get(path) ?? askPython(path, this.#environment);
    this.#asked.set(path, known);
    return known;
  }
}

interface StoredPython {
  readonly minor: number;
  readonly path: string;
}

function choose(found: Interpreter, wanted: PythonMinor): ChosenInterpreter {
  return { ...found, wanted, exact: formatMinor(found.minor) === formatMinor(wanted) };
}

/** Minor numbers of Python 3: the wanted one, then newer ones upwards, then older ones downwards. */
function byNearness([, wanted]: PythonMinor): number[] {
  const all = Array.from({ length: newestTried - oldest[1] + 1 }, (_, index) => oldest[1] + index);
  return [...all.filter((minor) => minor >= wanted), ...all.filter((minor) => minor < wanted).reverse()];
}

function onPath(environment: Environment, ...names: readonly string[]): string[] {
  const folders = (environment["PATH"] ?? "").split(delimiter).filter(isAbsolute);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** Pythons of the runner's tool cache and of pyenv, newest patch first. */
async function storedPythons(environment: Environment): Promise<StoredPython[]> {
  const cache = environment["RUNNER_TOOL_CACHE"] ?? environment["AGENT_TOOLSDIRECTORY"];
  const home = environment["HOME"];
  const pyenv = environment["PYENV_ROOT"] ?? (home === undefined ? undefined : join(home, ".pyenv"));
  const [cached, versions] = await Promise.all([
    cache === undefined ? [] : versionsIn(join(cache, "Python")),
    pyenv === undefined ? [] : versionsIn(join(pyenv, "versions")),
  ]);
  return [
    ...cached.flatMap(({ folder, minor }) =>
      ["x64", "arm64"].map((arch) => ({ minor, path: join(folder, arch, "bin", "python3") })),
    ),
    ...versions.map(({ folder, minor }) => ({ minor, path: join(folder, "bin", "python3") })),
  ];
}

async function versionsIn(folder: string): Promise<{ folder: string; minor: number }[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => /^3\.\d+\.\d+$/.test(name))
    .sort((a, b) => b.localeCompare(a, "en", { numeric: true }))
    .map((name) => ({ folder: join(folder, name), minor: Number(name.split(".")[1]) }));
}

/**
 * Asks with the caller's environment, because a shim needs it, for the executable that then runs without it. The folder is the
 * file system's root: a shim must not obey a `.python-version` of the checkout.
 */
function askPython(path: string, environment: Environment): Promise<Interpreter | undefined> {
  const program = path.includes(sep) ? resolve(path) : path;
  return new Promise((answer) => {
    const options = {
      env: { ...environment },
      cwd: parse(process.cwd()).root,
      timeout: probeMilliseconds,
      killSignal: "SIGKILL" as const,
    };
    execFile(program, ["-I", "-S", "-B", "-c", probe], options, (error, stdout) => {
      answer(error === null ? parseProbe(stdout) : undefined);
    });
  });
}

function parseProbe(text: string): Interpreter | undefined {
  const match = /^\["cpython", (".*"), (\d+), (\d+), (\d+)\]\s*$/.exec(text);
  const [, path, ...numbers] = match ?? [];
  const [major = 0, minor = 0, patch = 0] = numbers.map(Number);
  if (path === undefined || major !== oldest[0] || minor < oldest[1]) return undefined;
  return { path: String(JSON.parse(path)), minor: [major, minor], version: `${major}.${minor}.${patch}` };
}

function notFound(wanted: PythonMinor): ToolkitError {
  const version = formatMinor(wanted);
  return new ToolkitError({
    code: "python-not-found",
    message: `no Python interpreter was found for Python ${version}`,
    remedy: `Add actions/setup-python with python-version "${version}" before this step, or name an interpreter in the input \`python\`.`,
    source: "user",
  });
}
