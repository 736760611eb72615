import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differingPaths, type ExactObject, parseExact, stringifyExact } from "../../src/aws/exact-json.ts";
import { jobUpdateFrom, lastModified, withChanges } from "../../src/aws/raw-job.ts";

const alwaysDropped = [
  "Name",
  "CreatedOn",
  "LastModifiedOn",
  "ProfileName",
  "AutoUpgradeMetadata",
  "AllocatedCapacity",
];
const conditional = ["MaxCapacity", "CodeGenConfigurationNodes"];

const knownMembers = [
  ...alwaysDropped,
  ...conditional,
  "WorkerType",
  "NumberOfWorkers",
  "Role",
  "Command",
  "DefaultArguments",
  "Connections",
  "SourceControlDetails",
];

/** Any JSON document with members of Job, members nobody knows yet, and any values in them. */
const jobDocument = fc
  .dictionary(fc.oneof(fc.constantFrom(...knownMembers), fc.string()), fc.jsonValue())
  .map((value) => parseExact(JSON.stringify(value)) as ExactObject);

const parse = (text: string): ExactObject => parseExact(text) as ExactObject;

describe("a JobUpdate made from a raw job", () => {
  it("keeps every member of any document but those that UpdateJob doesn't take", () => {
    fc.assert(
      fc.property(jobDocument, (job) => {
        const update = jobUpdateFrom(job, {});
        const lost = Object.keys(job).filter((name) => !Object.hasOwn(update, name));
        const mayGo = new Set([...alwaysDropped, ...conditional]);
        expect(lost.filter((name) => !mayGo.has(name))).toEqual([]);
        expect(Object.keys(update).filter((name) => alwaysDropped.includes(name))).toEqual([]);
        for (const name of Object.keys(update))
          expect(JSON.stringify(update[name])).toBe(JSON.stringify(job[name]));
      }),
      { numRuns: 300 },
    );
  });

  it("changes ScriptLocation and --extra-py-files alone in any document", () => {
    fc.assert(
      fc.property(jobDocument, fc.string(), fc.option(fc.string()), (job, scriptLocation, extraPyFiles) => {
        const document = { ...job, Command: { Name: "glueetl", ScriptLocation: "s3://b/old.py", New: 1 } };
        const changed = withChanges(document, {
          scriptLocation,
          arguments: { "--extra-py-files": extraPyFiles },
        });
        const allowed = /^Command\.ScriptLocation$|^DefaultArguments(\.--extra-py-files)?$/;
        expect(differingPaths(document, changed).filter((path) => !allowed.test(path))).toEqual([]);
        expect(changed["Command"]).toEqual({ Name: "glueetl", ScriptLocation: scriptLocation, New: 1 });
      }),
    );
  });

  it.each([
    ["MaxCapacity beside WorkerType", '{"MaxCapacity":10.0,"WorkerType":"G.1X"}', '{"WorkerType":"G.1X"}'],
    ["MaxCapacity beside NumberOfWorkers", '{"MaxCapacity":2,"NumberOfWorkers":2}', '{"NumberOfWorkers":2}'],
    ["empty CodeGenConfigurationNodes", '{"CodeGenConfigurationNodes":{}}', "{}"],
    [
      "the Timeout of a Ray job",
      '{"Command":{"Name":"glueray"},"Timeout":2880}',
      '{"Command":{"Name":"glueray"}}',
    ],
    ["AllocatedCapacity", '{"AllocatedCapacity":5,"MaxCapacity":5}', '{"MaxCapacity":5}'],
  ])("leaves out %s", (_name, job, update) => {
    expect(stringifyExact(jobUpdateFrom(parse(job), {}))).toBe(update);
  });

  it.each([
    ["MaxCapacity of a Python shell job", '{"MaxCapacity":0.0625}'],
    ["MaxCapacity where WorkerType is null", '{"MaxCapacity":1,"WorkerType":null}'],
    ["Timeout 0 of a streaming job", '{"Timeout":0}'],
    ["the token of SourceControlDetails", '{"SourceControlDetails":{"AuthToken":"x"}}'],
    ["a float's digits", '{"Future":{"ratio":1.50,"id":9007199254740993}}'],
    ["null", '{"CodeGenConfigurationNodes":null,"Future":null}'],
  ])("keeps %s", (_name, job) => {
    expect(stringifyExact(jobUpdateFrom(parse(job), {}))).toBe(job);
  });

  it("removes --extra-py-files and nothing beside it", () => {
    const job = parse('{"DefaultArguments":{"--a":"1","--extra-py-files":"s3://b/z.zip"}}');
    expect(jobUpdateFrom(job, { arguments: { "--extra-py-files": null } })).toEqual({
      DefaultArguments: { "--a": "1" },
    });
    expect(jobUpdateFrom(parse("{}"), { arguments: { "--extra-py-files": null } })).toEqual({});
  });

  it("compares LastModifiedOn by its text, to the digit", () => {
    expect(lastModified(parse('{"LastModifiedOn":1.7000000000001E9}'))).toBe("1.7000000000001E9");
    expect(lastModified(parse("{}"))).toBe("");
  });
});
