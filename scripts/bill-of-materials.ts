import { createHash } from "node:crypto";
import * as z from "zod";
import type { BundledPackage } from "./bundled-packages.ts";

const component = z.looseObject({
  "bom-ref": z.string(),
  name: z.string(),
  version: z.string(),
  properties: z.array(z.looseObject({ name: z.string() })).default([]),
});

/** What `npm sbom --sbom-format cyclonedx` writes of all that is installed. */
export const npmSbom = z.looseObject({
  metadata: z.looseObject({ component }),
  components: z.array(component),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()).default([]) })),
});

/** The product and when its commit was made. */
export interface Product {
  readonly name: string;
  /** Which of its bundles. */
  readonly bundle: string;
  readonly timestamp: string | undefined;
}

/** The document of one bundle: its packages alone, as parts of the product, with nothing in it that changes from run to run. */
export function billOfMaterials(
  installed: z.infer<typeof npmSbom>,
  { name: product, bundle, timestamp }: Product,
  packages: readonly Pick<BundledPackage, "name" | "version">[],
): object {
  const missing = new Set(packages.map(({ name, version }) => `${name}@${version}`));
  const components = installed.components
    .filter(({ name, version }) => missing.delete(`${name}@${version}`))
    .map((part) => ({
      ...part,
      scope: "required",
      properties: part.properties.filter(({ name }) => name !== "cdx:npm:package:development"),
    }));
  if (missing.size > 0) throw new Error(`npm sbom knows nothing of ${[...missing].join(", ")}`);
  const refs = new Set(components.map((part) => part["bom-ref"]));
  const root = { ...installed.metadata.component, type: "application", name: product, description: bundle };
  const { serialNumber: _, ...fixed } = installed;
  const document = {
    ...fixed,
    metadata: { ...installed.metadata, timestamp, component: root },
    components,
    dependencies: [
      { ref: root["bom-ref"], dependsOn: [...refs] },
      ...installed.dependencies
        .filter(({ ref }) => refs.has(ref))
        .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((needed) => refs.has(needed)) })),
    ],
  };
  return { ...document, serialNumber: `urn:uuid:${uuidOf(JSON.stringify(document))}` };
}

/** A UUID of version 8 (RFC 9562: of one's own making) from a digest. */
function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`];
  return [...parts, hex.slice(20, 32)].join("-");
}
