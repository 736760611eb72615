import type { CreateJobCommandInput } from "@aws-sdk/client-glue";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { ensureEnvironment } from "../../sandbox/environment/ensure.ts";
import { loadGlueModel } from "../../sandbox/glue/model/load-model.ts";
import { differingPaths, type ExactObject } from "../../src/aws/exact-json.ts";
import { useDeployWorlds } from "./support/deploy-world.ts";

const { deployWorld, control } = useDeployWorlds();

type Definition = Partial<CreateJobCommandInput>;

const text = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
  .filter((word) => word.trim() !== "");
const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,30}$/);
const argumentsOf = fc.dictionary(
  name
    .map((word) => `--${word}`)
    .filter((word) => !/^--(scriptLocation|extra-py-files|job-language)$/.test(word)),
  text,
  { minKeys: 1, maxKeys: 5 },
);

/** Members that a job of any kind may have, each other than its default. */
const common = {
  JobMode: fc.constantFrom("SCRIPT" as const, "NOTEBOOK" as const),
  JobRunQueuingEnabled: fc.constant(true),
  Description: text,
  LogUri: name.map((word) => `s3://logs/${word}/`),
  Role: name.map((word) => `arn:aws:iam::000000000000:role/path/${word}`),
  ExecutionProperty: fc.record({ MaxConcurrentRuns: fc.integer({ min: 2, max: 50 }) }),
  DefaultArguments: argumentsOf,
  NonOverridableArguments: argumentsOf,
  Connections: fc.record({ Connections: fc.array(name, { minLength: 1, maxLength: 4 }) }),
  MaxRetries: fc.integer({ min: 1, max: 10 }),
  Timeout: fc.integer({ min: 1, max: 10_080 }),
  SecurityConfiguration: name,
  NotificationProperty: fc.record({ NotifyDelayAfter: fc.integer({ min: 1, max: 600 }) }),
  SourceControlDetails: fc.record({
    Provider: fc.constantFrom(
      "GITHUB" as const,
      "GITLAB" as const,
      "BITBUCKET" as const,
      "AWS_CODE_COMMIT" as const,
    ),
    Repository: name,
    Owner: name,
    Branch: name,
    Folder: name,
    LastCommitId: name,
    AuthStrategy: fc.constantFrom("PERSONAL_ACCESS_TOKEN" as const, "AWS_SECRETS_MANAGER" as const),
    AuthToken: name,
  }),
};

const workers = (...types: readonly ("G.1X" | "G.2X" | "G.4X" | "G.025X" | "Z.2X")[]) => ({
  WorkerType: fc.constantFrom(...types),
  NumberOfWorkers: fc.integer({ min: 2, max: 100 }),
});
const noWorkers = { WorkerType: fc.constant(undefined), NumberOfWorkers: fc.constant(undefined) };
const command = (Name: string, PythonVersion: string, Runtime?: string) => ({
  Command: fc.constant({
    Name,
    PythonVersion,
    ScriptLocation: "s3://old-scripts/job.py",
    ...(Runtime ? { Runtime } : {}),
  }),
});

const forms: Readonly<Record<string, fc.Arbitrary<Definition>>> = {
  "glueetl, workers and FLEX": fc.record({
    ...common,
    ...command("glueetl", "3"),
    ...workers("G.1X", "G.2X"),
    GlueVersion: fc.constantFrom("3.0", "4.0", "5.0", "5.1", "6.0", "auto"),
    ExecutionClass: fc.constant("FLEX" as const),
  }),
  "glueetl, MaxCapacity": fc.record({
    ...common,
    ...command("glueetl", "3"),
    ...noWorkers,
    GlueVersion: fc.constantFrom("2.0", "3.0", "5.0"),
    MaxCapacity: fc.integer({ min: 2, max: 100 }),
  }),
  "glueetl, the old AllocatedCapacity": fc.record({
    ...common,
    ...command("glueetl", "2"),
    ...noWorkers,
    GlueVersion: fc.constant("1.0"),
    AllocatedCapacity: fc.integer({ min: 2, max: 100 }),
  }),
  pythonshell: fc.record({
    ...common,
    ...command("pythonshell", "3.9"),
    ...noWorkers,
    GlueVersion: fc.constantFrom(undefined, "3.0"),
    MaxCapacity: fc.constantFrom(0.0625, 1),
  }),
  gluestreaming: fc.record({
    ...common,
    ...command("gluestreaming", "3"),
    ...workers("G.025X", "G.1X", "G.4X"),
    GlueVersion: fc.constantFrom("4.0", "5.0"),
    Timeout: fc.constantFrom(0, 77),
    MaintenanceWindow: fc.constantFrom("Sun:10", "Mon:0"),
  }),
  glueray: fc.record({
    ...common,
    ...command("glueray", "3.9", "Ray2.4"),
    ...workers("Z.2X"),
    GlueVersion: fc.constant("4.0"),
    // GetJob gives one all the same
    Timeout: fc.constant(undefined),
  }),
};

/** Members that AWS may add tomorrow, in the job and in its structures. */
const future = fc.record({
  FutureSwitch: fc.boolean(),
  FutureList: fc.array(fc.jsonValue({ maxDepth: 1 }), { minLength: 1, maxLength: 3 }),
  FutureNumber: fc.double({ noNaN: true, noDefaultInfinity: true }),
  Command: fc.record({ FutureRuntime: text }),
  ExecutionProperty: fc.record({ FutureLimit: fc.record({ Deep: text }) }),
});

/** Of the model's Job: what AWS writes itself, and a visual job's graph, for visual jobs are refused. */
const notSettable = [
  "Name",
  "CreatedOn",
  "LastModifiedOn",
  "ProfileName",
  "AutoUpgradeMetadata",
  "CodeGenConfigurationNodes",
];

const seen = new Set<string>();

describe("after a deploy GetJob differs in ScriptLocation alone", () => {
  it.each(Object.entries(forms))("%s", { timeout: 120_000 }, async (_, form) => {
    await fc.assert(
      fc.asyncProperty(form, future, async (definition, members) => {
        const world = await deployWorld({ definition });
        await control("plant-members", { jobName: world.jobs[0]?.job, members });
        const before = await world.live();
        for (const member of Object.keys(before)) seen.add(member);
        const result = await world.release({ allowGlueVersionChange: true });
        expect(result.failure).toBeUndefined();
        const differences = differingPaths(before, await world.live()).toSorted();
        expect(differences).toEqual(["Command.ScriptLocation", "LastModifiedOn"]);
      }),
      { numRuns: 4, endOnFailure: true },
    );
  });

  describe("all members of the service model's Job", () => {
    let members: readonly string[] = [];
    beforeAll(async () => {
      const { python } = await ensureEnvironment({ environment: process.env, progress: () => undefined });
      members = Object.keys(loadGlueModel(python).shapes["Job"]?.members ?? {});
    });

    it("are set in one form or another", () => {
      const settable = new Set(
        Object.values(forms).flatMap((form) =>
          fc.sample(form, 20).flatMap((definition) => Object.keys(definition)),
        ),
      );
      expect(members.length).toBeGreaterThan(20);
      expect(members.filter((member) => !settable.has(member) && !notSettable.includes(member))).toEqual([]);
    });
  });
});

describe("a document that the service could not have sent today", () => {
  it("keeps numbers to the digit", async () => {
    const world = await deployWorld();
    const members: ExactObject = { FutureRatio: 0.1, FutureCount: 9007199254740991 };
    await control("plant-members", { jobName: world.jobs[0]?.job, members });
    const before = await world.live();
    await world.release();
    expect(differingPaths(before, await world.live()).toSorted()).toEqual([
      "Command.ScriptLocation",
      "LastModifiedOn",
    ]);
  });
});
