import { describe, expect, it } from "vitest";
import { mapLimited } from "../../src/base/limit.ts";

describe("mapLimited", () => {
  it("keeps the order and the limit", async () => {
    let running = 0;
    let most = 0;
    const results = await mapLimited([5, 1, 3, 2, 4], 2, async (item) => {
      running += 1;
      most = Math.max(most, running);
      for (let turn = 0; turn < item; turn += 1) await Promise.resolve();
      running -= 1;
      return item * 10;
    });
    expect(results).toEqual([50, 10, 30, 20, 40]);
    expect(most).toBe(2);
  });

  it("starts nothing after a failure, but lets what runs finish", async () => {
    const started: number[] = [];
    const work = (item: number) => {
      started.push(item);
      return item === 1 ? Promise.reject(new Error("no")) : Promise.resolve(item);
    };
    await expect(mapLimited([1, 2, 3, 4, 5, 6], 2, work)).rejects.toThrow("no");
    expect(started.length).toBeLessThan(6);
  });
});
