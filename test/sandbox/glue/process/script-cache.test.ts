import { describe, expect, it } from "vitest";
import { createScriptCache } from "../../../../sandbox/glue/process/script-cache.ts";

const text = (value: string) => new TextEncoder().encode(value);

async function readOf(cache: ReturnType<typeof createScriptCache>, now: string): Promise<string> {
  return new TextDecoder().decode(await cache.read("s3://b/k.py", async () => text(now)));
}

describe("the script cache", () => {
  it("is off by default: an overwrite is seen", async () => {
    const cache = createScriptCache({ now: () => 0, stamp: () => 0 });
    expect([await readOf(cache, "old"), await readOf(cache, "new")]).toEqual(["old", "new"]);
  });

  it("serves the old bytes of an overwritten URI while it is on", async () => {
    const cache = createScriptCache({ now: () => 0, stamp: () => 0 });
    cache.configure({ enabled: true });
    expect([await readOf(cache, "old"), await readOf(cache, "new")]).toEqual(["old", "old"]);
    cache.configure({ enabled: false });
    expect(await readOf(cache, "new")).toBe("new");
  });

  it("forgets after its time", async () => {
    let now = 0;
    const cache = createScriptCache({ now: () => now, stamp: () => now });
    cache.configure({ enabled: true, ttlSeconds: 10 });
    await readOf(cache, "old");
    now = 9999;
    expect(await readOf(cache, "new")).toBe("old");
    now = 10_000;
    expect(await readOf(cache, "new")).toBe("new");
  });
});
