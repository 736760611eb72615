import * as native from "node:fs/promises";

export * from "node:fs/promises";

interface GlobOptions {
  readonly cwd: string;
  readonly exclude: (name: string) => boolean;
}

const isSettled = Number(process.versions.node.split(".")[0]) >= 24;

/** `glob` of node:fs/promises as Node.js 24 has it, for versions where it is missing or an experiment. */
export async function* glob(pattern: string, options: GlobOptions): AsyncGenerator<string> {
  if (isSettled) {
    yield* native.glob(pattern, options);
    return;
  }
  const { globIterate } = await import("glob");
  const { cwd, exclude } = options;
  const left = ({ name }: { readonly name: string }): boolean => exclude(name);
  yield* globIterate(pattern, { cwd, ignore: { ignored: left, childrenIgnored: left } });
}
