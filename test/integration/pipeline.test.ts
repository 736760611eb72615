import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { BatchGetJobsCommand, GlueClient } from "@aws-sdk/client-glue";
import { describe, expect, it } from "vitest";
import { e2eResultSchema } from "../../src/e2e/result.ts";
import { runBuiltAction } from "../support/action.ts";
import { breakSilver, medallion, medallionWorkspace } from "../support/medallion.ts";
import { clientConfig, useSandbox } from "../support/sandbox.ts";

const sandbox = useSandbox();
const jobs = [
  "silver-consolidation",
  "gold-car-current-state",
  "gold-fuel-efficiency",
  "gold-performance-alerts-slim",
].map((name) => `datalake-pipeline-${name}-dev`);

async function liveJobs() {
  const glue = new GlueClient(clientConfig(sandbox.current));
  const { Jobs = [] } = await glue.send(new BatchGetJobsCommand({ JobNames: jobs }));
  return Jobs.map(({ LastModifiedOn: _, ...job }) => job);
}

describe("the incident's pipeline, through the built actions", () => {
  it("is stopped while broken, then deployed without losing a setting, and runs green for real", {
    timeout: 240_000,
  }, async () => {
    const { environment } = sandbox.current;
    await sandbox.current.provision(medallion);
    const before = await liveJobs();
    const workspace = await medallionWorkspace();
    await breakSilver(workspace);
    const refused = await runBuiltAction("deploy-glue", workspace, { environment: "dev" }, environment);
    expect(refused).toMatchObject({ exitCode: 1, outputs: { result: "failed" } });
    expect(await liveJobs()).toEqual(before);

    const mended = await medallionWorkspace();
    const deployed = await runBuiltAction("deploy-glue", mended, { environment: "dev" }, environment);
    expect(deployed).toMatchObject({ exitCode: 0, errors: [], outputs: { result: "deployed" } });
    const locationsCut = (live: Awaited<ReturnType<typeof liveJobs>>) =>
      live.map(({ Command, ...rest }) => ({ ...rest, Command: { ...Command, ScriptLocation: "" } }));
    const after = await liveJobs();
    expect(locationsCut(after)).toEqual(locationsCut(before));
    expect(after.map(({ Command }) => Command?.ScriptLocation)).toEqual(
      after.map(() => expect.stringMatching(/\/glue_jobs\/(\w+)\/\1-[0-9a-f]{12}\.py$/)),
    );
    const again = await runBuiltAction("deploy-glue", mended, { environment: "dev" }, environment);
    expect(again.outputs["result"]).toBe("unchanged");

    const e2e = await runBuiltAction(
      "run-e2e",
      mended,
      { environment: "dev", "confirm-clean": "dev", "expect-release": "current", "report-language": "pt-BR" },
      environment,
    );
    expect(e2e.errors).toEqual([]);
    expect(e2e).toMatchObject({ exitCode: 0, outputs: { result: "passed", "failed-step": "" } });
    const report = e2eResultSchema.parse(
      JSON.parse(await readFile(join(mended, "reports/e2e-report.json"), "utf8")),
    );
    expect(new Set(report.steps.map(({ state }) => state))).toEqual(new Set(["passed"]));
    const silver = report.steps.find(({ key }) => key === "silver");
    expect(silver).toMatchObject({ details: { script: { release: deployed.outputs["release-id"] } } });
    expect(await readFile(join(mended, "reports/e2e-report.md"), "utf8")).toContain("Resumo");
  });
});
