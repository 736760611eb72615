import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { e2eResultSchema } from "../../src/e2e/result.ts";
import { runBuiltAction } from "../support/action.ts";
import { breakSilver, medallion, medallionWorkspace } from "../support/medallion.ts";
import { clientConfig, useSandbox } from "../support/sandbox.ts";

const sandbox = useSandbox();
const script = "glue_jobs/silver_consolidation_job.py";

async function reportOf(workspace: string) {
  const document: unknown = JSON.parse(await readFile(join(workspace, "reports/e2e-report.json"), "utf8"));
  const schema = JSON.parse(
    await readFile(join(import.meta.dirname, "../../schemas/e2e-report.schema.json"), "utf8"),
  );
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  return e2eResultSchema.parse(document);
}

describe("the incident, run through the built run-e2e", () => {
  it("stops at silver over the orphan code, as the incident's report did, and goes on from there once it is mended", {
    timeout: 240_000,
  }, async () => {
    const { environment } = sandbox.current;
    await sandbox.current.provision(medallion);
    const broken = await medallionWorkspace();
    await breakSilver(broken);
    const s3 = new S3Client({ ...clientConfig(sandbox.current), forcePathStyle: true });
    const Body = await readFile(join(broken, script));
    const place = { Bucket: "datalake-pipeline-glue-scripts-dev", Key: "silver_consolidation_job.py" };
    await s3.send(new PutObjectCommand({ ...place, Body }));

    const inputs = { environment: "dev", "confirm-clean": "dev", "report-language": "pt-BR" };
    const stopped = await runBuiltAction("run-e2e", broken, inputs, environment);
    expect(stopped).toMatchObject({ exitCode: 1, outputs: { result: "failed", "failed-step": "silver" } });
    expect(stopped.errors).toEqual([
      expect.stringMatching(
        /^run-e2e failed at step silver: orphan code after job\.commit\(\).* line 293; 230 lines follow/,
      ),
    ]);
    expect(stopped.log).toContain(`::error file=${script},line=294::`);
    const red = await reportOf(broken);
    const blocked = red.steps.filter(({ blockedBy }) => blockedBy.includes("silver"));
    expect(blocked.map(({ state }) => state)).toEqual(Array.from({ length: 12 }, () => "skipped"));
    expect(red.problems.find(({ severity }) => severity === "error")).toMatchObject({
      code: "orphan-code",
      facts: { repeatedFrom: "294", repeatedTo: "520", originalFrom: "60", originalTo: "286" },
      source: { line: 294, inCheckout: true },
      excerpt: expect.arrayContaining(["IndentationError: unexpected indent"]),
    });
    const page = await readFile(join(broken, stopped.outputs["report-html"] ?? ""), "utf8");
    expect(page).toContain("código órfão após job.commit()");
    expect(stopped.summary).toContain("```mermaid\ngantt\n");

    const mended = await medallionWorkspace();
    const deployed = await runBuiltAction("deploy-glue", mended, { environment: "dev" }, environment);
    expect(deployed.exitCode).toBe(0);
    const resumed = await runBuiltAction(
      "run-e2e",
      mended,
      { environment: "dev", "from-step": "silver", "until-step": "crawl-silver", "skip-clean": "true" },
      environment,
    );
    expect(resumed).toMatchObject({ exitCode: 0, errors: [], outputs: { result: "passed" } });
    const green = await reportOf(mended);
    expect(green.steps.filter(({ state }) => state === "passed").map(({ key }) => key)).toEqual([
      "silver",
      "crawl-silver",
    ]);
    expect(green.comparison).toEqual({ total: {}, steps: [] });
  });
});
