import v8 from "@vitest/coverage-v8";
import type { CoverageProvider, CoverageProviderModule, ReportContext } from "vitest/node";

interface Place {
  readonly start: { readonly line?: number; readonly column?: number };
}

interface Branch {
  readonly type: string;
  readonly locations: readonly Place[];
}

interface FileCoverage {
  readonly branchMap: Record<string, Branch>;
  readonly b: Record<string, number[]>;
}

interface CoverageMap {
  files(): string[];
  fileCoverageFor(path: string): { readonly data: FileCoverage };
}

/**
 * vitest's own provider, with each branch counted once. A file that runs in vitest's process and in a child process is
 * two sources for it, whose branches begin at the same places and end a little apart, so that it keeps both.
 */
const provider: CoverageProviderModule = {
  // a worker loads this module more than once, and vitest's keeps its session
  startCoverage: (options) => v8.startCoverage?.(options),
  takeCoverage: (options) => v8.takeCoverage?.(options),
  stopCoverage: (options) => v8.stopCoverage?.(options),
  async getProvider(): Promise<CoverageProvider> {
    const own = await v8.getProvider();
    const generate = own.generateCoverage?.bind(own);
    if (generate === undefined) throw new Error("the provider generates no coverage");
    return Object.assign(own, {
      async generateCoverage(context: ReportContext): Promise<unknown> {
        const map = (await generate(context)) as CoverageMap;
        for (const path of map.files()) mergeTwins(map.fileCoverageFor(path).data);
        return map;
      },
    });
  },
};

function mergeTwins({ branchMap, b }: FileCoverage): void {
  const kept = new Map<string, number[]>();
  for (const [id, branch] of Object.entries(branchMap)) {
    const counts = b[id] ?? [];
    const key = JSON.stringify([
      branch.type,
      branch.locations.map(({ start }) => [start.line, start.column]),
    ]);
    const twin = kept.get(key);
    if (twin === undefined) {
      kept.set(key, counts);
      continue;
    }
    for (const [index, count] of counts.entries()) twin[index] = (twin[index] ?? 0) + count;
    delete branchMap[id];
    delete b[id];
  }
}

// biome-ignore lint/style/noDefaultExport: vitest asks for it
export default provider;
