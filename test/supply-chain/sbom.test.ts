import { describe, expect, it } from "vitest";
import { billOfMaterials, npmSbom } from "../../scripts/bill-of-materials.ts";

const development = { name: "cdx:npm:package:development", value: "true" };
const part = (name: string) => ({
  "bom-ref": `${name}@1.0.0`,
  name,
  version: "1.0.0",
  scope: "optional",
  properties: [development],
  hashes: [{ alg: "SHA-512", content: "00" }],
});
const installed = (serialNumber: string, folder: string) =>
  npmSbom.parse({
    bomFormat: "CycloneDX",
    serialNumber,
    metadata: { timestamp: serialNumber, component: { ...part("glue-deploy-toolkit"), name: folder } },
    components: ["zod", "yaml", "vitest"].map(part),
    dependencies: [
      { ref: "glue-deploy-toolkit@1.0.0", dependsOn: ["zod@1.0.0", "yaml@1.0.0", "vitest@1.0.0"] },
      { ref: "yaml@1.0.0", dependsOn: ["zod@1.0.0", "vitest@1.0.0"] },
      { ref: "vitest@1.0.0", dependsOn: ["zod@1.0.0"] },
    ],
  });
const product = {
  name: "glue-deploy-toolkit",
  bundle: "validate-glue",
  timestamp: "2025-11-05T10:30:00.000Z",
};
const bundled = ["yaml", "zod"].map((name) => ({ name, version: "1.0.0" }));

describe("a bundle's bill of materials", () => {
  it("lists what is in the bundle as parts of it, and nothing that only builds it", () => {
    expect(billOfMaterials(installed("urn:uuid:1", "checkout"), product, bundled)).toMatchObject({
      bomFormat: "CycloneDX",
      serialNumber: expect.stringMatching(
        /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
      ),
      metadata: {
        timestamp: product.timestamp,
        component: { name: "glue-deploy-toolkit", type: "application" },
      },
      components: [
        { name: "zod", scope: "required", properties: [], hashes: [{ alg: "SHA-512" }] },
        { name: "yaml", scope: "required", properties: [] },
      ],
      dependencies: [
        { ref: "glue-deploy-toolkit@1.0.0", dependsOn: ["zod@1.0.0", "yaml@1.0.0"] },
        { ref: "yaml@1.0.0", dependsOn: ["zod@1.0.0"] },
      ],
    });
  });

  it("is the same whenever and wherever it is written", () => {
    expect(billOfMaterials(installed("urn:uuid:1", "checkout"), product, bundled)).toEqual(
      billOfMaterials(installed("urn:uuid:2", "elsewhere"), product, bundled),
    );
  });

  it("is refused when npm knows nothing of a package", () => {
    const unknown = [{ name: "left-pad", version: "1.3.0" }];
    expect(() => billOfMaterials(installed("urn:uuid:1", "checkout"), product, unknown)).toThrow(
      "left-pad@1.3.0",
    );
  });
});
