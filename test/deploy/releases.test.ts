import { describe, expect, it } from "vitest";
import { diffReleases } from "../../src/deploy/release-diff.ts";
import { listReleases } from "../../src/deploy/releases-list.ts";
import { workspaceWith } from "../support/workspace.ts";
import { useDeployWorlds } from "./support/deploy-world.ts";

const { deployWorld, failNext } = useDeployWorlds();

describe("the releases of an environment", () => {
  it("are listed newest first, undone ones too", async () => {
    const world = await deployWorld({ jobs: 2 });
    const first = await world.release({ subset: ["job-0"] });
    await failNext({ operation: "UpdateJob", count: 1, code: "InvalidInputException", message: "no" });
    await world.release();
    const back = await world.release({ mode: "plan" });
    expect(back.result).toBe("planned");
    const list = await listReleases(world.place);
    expect(list).toMatchObject([
      { kind: "deploy", status: "rolled-back", jobs: 1, actor: "ana" },
      { id: first.releaseId, status: "applied", jobs: 1, changed: [world.jobs[0]?.job] },
    ]);
    expect(await listReleases(world.place, 1)).toHaveLength(1);
  });
});

describe("the difference of two releases", () => {
  it("is what each job's script became, over all releases between, either way round", async () => {
    const world = await deployWorld({ jobs: 2 });
    const first = await world.release();
    for (const text of ["a\n", "a\nb\n"]) {
      const files = {
        "glue_jobs/script_0.py": text,
        "glue_jobs/script_1.py": 'print("glue_jobs/script_1.py")\n',
      };
      await world.release({ workspace: await workspaceWith(files) });
    }
    const [newest] = await listReleases(world.place);
    const [from, to] = [first.releaseId ?? "", newest?.id ?? ""];
    const forth = await diffReleases(world.place, from, to);
    expect(forth).toMatchObject([
      { job: world.jobs[0]?.job, fields: [{ member: "Command.ScriptLocation" }] },
    ]);
    expect(forth[0]?.scriptDiff).toContain('-print("glue_jobs/script_0.py")\n+a\n+b');
    const back = await diffReleases(world.place, to, from);
    expect(back[0]?.scriptDiff).toContain('-a\n-b\n+print("glue_jobs/script_0.py")');
    expect(await diffReleases(world.place, to, to)).toEqual([]);
  });

  it("names the nearest release for an unknown one", async () => {
    const world = await deployWorld();
    const { releaseId = "" } = await world.release();
    await expect(diffReleases(world.place, `${releaseId}9`, releaseId)).rejects.toMatchObject({
      code: "unknown-release",
      message: expect.stringContaining(`Did you mean "${releaseId}"?`),
    });
  });
});
