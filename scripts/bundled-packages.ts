import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import * as z from "zod";

/** A package of which at least one byte stands in a bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** Its bytes in the bundle, minified. */
  readonly bytes: number;
}

const manifest = z.object({ name: z.string(), version: z.string(), license: z.string().default("see text") });

/** The folder of the package that a file belongs to, such as `node_modules/@aws-sdk/core`; undefined for our own. */
export function packageFolder(path: string): string | undefined {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
}

/** What went into a bundle, by name, and the bytes that are ours. */
export async function bundledPackages(
  root: string,
  metafile: Metafile,
): Promise<{ readonly packages: readonly BundledPackage[]; readonly ownBytes: number }> {
  const bytes = new Map<string | undefined, number>();
  for (const { inputs } of Object.values(metafile.outputs))
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const folder = packageFolder(path);
      bytes.set(folder, (bytes.get(folder) ?? 0) + bytesInOutput);
    }
  const found = [...bytes].flatMap(([folder, size]) =>
    folder === undefined || size === 0 ? [] : [{ folder, size }],
  );
  const packages = await Promise.all(
    found.map(async ({ folder, size }) => {
      const text = await readFile(join(root, folder, "package.json"), "utf8");
      const { name, version, license } = manifest.parse(JSON.parse(text));
      return { name, version, licence: license, bytes: size };
    }),
  );
  return {
    packages: packages.sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1)),
    ownBytes: bytes.get(undefined) ?? 0,
  };
}
