import { describe, expect, it } from "vitest";
import { digest } from "./support/artifacts.ts";
import { oldScript, smallWorld } from "./support/small-world.ts";
import { isHead, isLock, isRecord, told, writes } from "./support/what-happened.ts";

describe("a release that works", () => {
  it("writes scripts, then its record, then jobs, and its record again, under the lock", async () => {
    const world = await smallWorld(2);
    const result = await world.release();
    expect(result).toMatchObject({ result: "deployed", jobsChanged: ["a", "b"], warnings: [] });
    expect(writes(world)).toEqual([
      "lock",
      "script",
      "script",
      "record",
      "job",
      "job",
      "record",
      "head",
      "lock",
    ]);
    const [id] = world.releaseIds();
    expect(result.releaseId).toBe(id);
    const locations = world.locations();
    expect(world.record(id)).toEqual({
      version: 2,
      id: "20251105T103000.000Z-4f2d9c81b0de-1001",
      kind: "deploy",
      status: "applied",
      environment: "dev",
      region: "us-east-1",
      account: "123456789012",
      createdAt: "2025-11-05T10:30:00.000Z",
      settledAt: "2025-11-05T10:30:00.000Z",
      rollbackTo: null,
      note: null,
      provenance: {
        commit: "4f2d9c81b0de7a6655443322110000aabbccddee",
        repository: "acme/datalake",
        runId: "1001",
        actor: "ana",
      },
      manifest: { name: "acme", path: "glue-pipeline.yml" },
      objects: Object.fromEntries(
        ["a", "b"].map((name, index) => [locations[index], digest(`print("${name}.py", 1)\n`)]),
      ),
      jobs: ["a", "b"].map((job, index) => ({
        key: `key-${job}`,
        job,
        before: { scriptLocation: oldScript, extraPyFiles: null },
        after: { scriptLocation: locations[index], extraPyFiles: null },
      })),
    });
    const first = JSON.parse(world.aws.clients.sent.find(isRecord)?.body ?? "");
    expect(first).toMatchObject({ status: "pending", settledAt: null });
  });

  it("says how far it is", async () => {
    const world = await smallWorld(2);
    await world.release();
    const [a, b] = world.locations();
    expect(told(world, "deploy.repointed")).toEqual([
      {
        code: "deploy.repointed",
        level: "info",
        data: { done: 1, total: 2 },
        message: `a now runs ${a}`,
      },
      {
        code: "deploy.repointed",
        level: "info",
        data: { done: 2, total: 2 },
        message: `b now runs ${b}`,
      },
    ]);
    expect(told(world, "deploy.verified")).toEqual([
      {
        code: "deploy.verified",
        level: "info",
        message: "Read back 2 jobs: nothing but the code location changed",
      },
    ]);
  });

  it("uploads what changes alone, and names that alone in its record", async () => {
    const world = await smallWorld(2);
    await world.release(1, { subset: ["key-a"] });
    const before = world.aws.clients.sent.length;
    const result = await world.release(1);
    expect(result).toMatchObject({ jobsChanged: ["b"], jobsUnchanged: ["a"] });
    const puts = world.aws.clients.sent.slice(before).filter(({ operation }) => operation === "PUT");
    expect(puts.filter((sent) => !isLock(sent) && !isRecord(sent) && !isHead(sent))).toHaveLength(1);
    expect(told(world, "deploy.uploaded").at(-1)?.data).toEqual({ done: 1, total: 1 });
    expect(world.record(result.releaseId)["jobs"]).toMatchObject([{ job: "b" }]);
  });

  it("warns of runs in flight, and of a usage profile that AWS replaced", async () => {
    const world = await smallWorld(2);
    world.aws.runs.set("b", [{ Id: "r1", JobRunState: "RUNNING" }]);
    world.aws.twist("UpdateJob", ({ body }, usual) => {
      const answer = usual();
      const { JobName: name } = JSON.parse(body) as { JobName: string };
      const job = world.aws.jobs.get(name);
      if (name === "a" && job !== undefined) world.aws.jobs.set(name, { ...job, ProfileName: "team" });
      return answer;
    });
    expect((await world.release()).warnings).toEqual([
      "b: a run is in flight (r1): it keeps the script it started with",
      "a: AWS replaced the usage profile (none) by the caller's team",
    ]);
  });

  it("uploads a script again that has gone, and touches no job", async () => {
    const world = await smallWorld();
    await world.release();
    const key = [...world.aws.objects.keys()].find((name) => name.endsWith(".py")) ?? "";
    world.aws.objects.delete(key);
    const before = world.aws.clients.seen.length;
    expect(await world.release()).toMatchObject({ result: "deployed", jobsChanged: ["a"] });
    expect(world.aws.objects.has(key)).toBe(true);
    expect(world.aws.clients.seen.slice(before)).not.toContain("UpdateJob");
  });

  it("has an id later than the newest, whatever this machine's clock says", async () => {
    const world = await smallWorld();
    await world.release(1);
    await world.release(2);
    expect(world.releaseIds()).toEqual([
      "20251105T103000.000Z-4f2d9c81b0de-1001",
      "20251105T103000.001Z-4f2d9c81b0de-1001",
    ]);
  });
});
