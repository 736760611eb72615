import { chmod, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ChosenInterpreter } from "../../src/validate/interpreter.ts";
import { InterpreterFinder } from "../../src/validate/interpreter.ts";
import { workspaceWith } from "../support/workspace.ts";
import { environment } from "./support.ts";

/**
 * A checker that believes what it reads: a script holds its answer as JSON, in which GRAMMAR stands for what the checker
 * was told of it and \`when\` holds what is so for one grammar only. \`exit\` ends the process there, \`print\` is said in
 * the answer's place. Each process leaves what it was asked.
 */
const program = `
import hashlib, json, os, sys, time
request = json.loads(sys.stdin.buffer.read().decode("utf-8"))
with open("asked-%d-%d.json" % (time.time_ns(), os.getpid()), "w") as file:
    json.dump(request, file)
print('{"python": [3, 11, 1], "implementation": "cpython"}', flush=True)
for job in request["scripts"]:
    with open(job["path"], "rb") as file:
        content = file.read()
    text = content.decode("utf-8").replace("GRAMMAR", str(job.get("grammar", "its own")))
    own = json.loads(text or "{}")
    own.update(own.pop("when", {}).get(str(job.get("grammar")), {}))
    if "exit" in own:
        os._exit(own["exit"])
    answer = {"id": job["id"], "sha256": hashlib.sha256(content).hexdigest(), "lines": 1}
    answer.update({"findings": [], "suppressions": [], "internal": None})
    answer.update(own)
    print(answer.get("print", json.dumps(answer)), flush=request["oneByOne"])
`;

interface Request {
  readonly scripts: readonly {
    readonly id: number;
    readonly name: string;
    readonly path: string;
    readonly grammar?: readonly number[];
  }[];
  readonly oneByOne: boolean;
}

export async function stubChecker() {
  const folder = await workspaceWith({ "main.py": program });
  return {
    folder,
    /** What each process was asked, in the order in which they started. */
    asked: async (): Promise<Request[]> => {
      const names = (await readdir(folder)).filter((name) => name.startsWith("asked-")).sort();
      return Promise.all(names.map(async (name) => JSON.parse(await readFile(join(folder, name), "utf8"))));
    },
  };
}

let known: Promise<ChosenInterpreter> | undefined;

/** Any Python of this machine, under the name of another if that is wanted. */
export async function anyPython(more: Partial<ChosenInterpreter> = {}): Promise<ChosenInterpreter> {
  known ??= new InterpreterFinder(environment).find([3, 11]);
  return { ...(await known), minor: [3, 11], version: "3.11.1", wanted: [3, 11], exact: true, ...more };
}

/** The path of a program that stands in for an interpreter. */
export async function programIn(text: string): Promise<string> {
  const path = join(await workspaceWith({ python3: text }), "python3");
  await chmod(path, 0o755);
  return path;
}
