import { groupBy } from "../src/base/group-by.ts";
import type { BundledPackage } from "./bundled-packages.ts";

/** One bundle and what it is made of. */
export interface Bundled {
  readonly name: string;
  readonly ownBytes: number;
  readonly packages: readonly BundledPackage[];
}

/** The tables of docs/supply-chain.md. */
export function supplyChainSections(bundles: readonly Bundled[]): Readonly<Record<string, string>> {
  return { bundles: bundleTable(bundles), packages: packageTable(bundles) };
}

function bundleTable(bundles: readonly Bundled[]): string {
  const rows = bundles.map(({ name, packages, ownBytes }) => {
    const theirs = packages.reduce((sum, { bytes }) => sum + bytes, 0);
    const licences = [...new Set(packages.map(({ licence }) => licence))].sort().join(", ");
    return `| ${name} | ${packages.length} | ${kilobytes(theirs)} | ${kilobytes(ownBytes)} | ${licences} |`;
  });
  return [
    "| bundle | packages | their size | our own code | licences |",
    "|---|--:|--:|--:|---|",
    ...rows,
  ].join("\n");
}

function packageTable(bundles: readonly Bundled[]): string {
  const uses = bundles.flatMap(({ name, packages }) => packages.map((found) => ({ ...found, bundle: name })));
  const rows = [...groupBy(uses, ({ name, version }) => `${name} ${version}`)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, [first, ...others]]) => {
      const sizes = bundles.map(({ name }) => [first, ...others].find((use) => use?.bundle === name)?.bytes);
      const cells = sizes.map((size) => (size === undefined ? "" : kilobytes(size)));
      return `| ${first?.name} | ${first?.version} | ${first?.licence} | ${cells.join(" | ")} |`;
    });
  const names = bundles.map(({ name }) => name);
  return [
    `| package | version | licence | ${names.join(" | ")} |`,
    `|---|---|---|${names.map(() => "--:|").join("")}`,
    ...rows,
  ].join("\n");
}

/** In kB of 1,000 bytes, for a file of a megabyte as for one of a hundred bytes. */
function kilobytes(bytes: number): string {
  if (bytes < 50) return "< 0.1 kB";
  return `${(bytes / 1_000).toLocaleString("en", { maximumFractionDigits: 1 })} kB`;
}
