import { describe, expect, it } from "vitest";
import type { ExactObject } from "../../src/aws/exact-json.ts";
import type { JobPlan } from "../../src/deploy/plan.ts";
import { type ScriptKnowledge, scriptProblems, withScriptChecks } from "../../src/deploy/script-checks.ts";

type Subject = Parameters<typeof scriptProblems>[0];

const named = (...names: readonly string[]) => names.map((name, index) => ({ name, line: index + 3 }));
const liveJob = (defaults: ExactObject, more: ExactObject = {}): ExactObject => ({
  GlueVersion: "5.0",
  Command: { Name: "glueetl" },
  DefaultArguments: defaults,
  ...more,
});

/** The rules that a script's facts and a live job yield. */
function problems(more: Partial<Subject>, options: readonly string[] = [], modules: readonly string[] = []) {
  return scriptProblems({
    facts: { options: named(...options), modules: named(...modules) },
    live: liveJob({}),
    steps: [],
    importable: [],
    foreign: [],
    strict: false,
    ...more,
  });
}
const rulesOf = (...given: Parameters<typeof problems>) => problems(...given).map(({ rule }) => rule);

describe("an argument that the script asks for", () => {
  it("must be given by the job or by each step that runs it", () => {
    const asked = ["JOB_NAME", "TempDir", "WORKFLOW_NAME", "source", "target"];
    const live = liveJob({ "--source": "a" }, { NonOverridableArguments: { "--other": "b" } });
    expect(problems({ live, steps: [{}] }, asked)).toEqual([
      {
        rule: "missing-argument",
        message:
          "script asks for 1 argument that the job doesn't give, nor a step of e2e that runs it: --target (line 7)",
      },
    ]);
    expect(rulesOf({ live, steps: [{ "--target": "x" }] }, asked)).toEqual([]);
    expect(rulesOf({ live, steps: [{ "--target": "x" }, {}] }, asked)).toEqual(["missing-argument"]);
  });

  it("may come from whoever starts a job that no step runs, unless the manifest asks for more", () => {
    expect(rulesOf({}, ["source"])).toEqual([]);
    expect(rulesOf({ strict: true }, ["source"])).toEqual(["missing-argument"]);
  });
});

describe("an argument that begins another", () => {
  const live = liveJob({ "--metadata": "true", "--metadata_location": "s3://m/" });

  it("is taken for the one that is asked for, before Glue 6.0", () => {
    expect(problems({ live }, ["metadata_location"])).toEqual([
      {
        rule: "argument-prefix",
        message:
          "argument --metadata is taken for --metadata_location, which the script asks for on line 3: the script may get the wrong value",
      },
    ]);
    expect(rulesOf({ live: { ...live, GlueVersion: "6.0" } }, ["metadata_location"])).toEqual([]);
    expect(rulesOf({ live: liveJob({}), steps: [{ "--meta": "1" }] }, ["metadata"])).toEqual([
      "missing-argument",
      "argument-prefix",
    ]);
  });

  it("is itself where both are asked for", () => {
    expect(rulesOf({ live }, ["metadata_location", "metadata"])).toEqual([]);
  });
});

describe("a module that the script imports", () => {
  const modules = ["pandas", "great_expectations", "yaml"];
  const additional = (value: string) => liveJob({ "--additional-python-modules": value });

  it("must be of its Glue version, its packages or its libraries", () => {
    expect(problems({}, [], modules)).toEqual([
      {
        rule: "missing-module",
        message:
          "script imports what Glue 5.0 doesn't have and --additional-python-modules doesn't name: great_expectations (line 4), yaml (line 5)",
      },
    ]);
    expect(rulesOf({ live: additional("great-expectations==0.18, PyYAML") }, [], modules)).toEqual([]);
    expect(rulesOf({ live: liveJob({}, { GlueVersion: "6.0" }) }, [], ["yaml"])).toEqual([]);
    expect(rulesOf({ importable: ["great_expectations", "yaml"] }, [], modules)).toEqual([]);
    expect(rulesOf({ foreign: ["s3://b/yaml.py"] }, [], ["yaml"])).toEqual([]);
  });

  it.each<[string, Partial<Subject>]>([
    ["a Glue version without a list", { live: liveJob({}, { GlueVersion: "4.0" }) }],
    ["a Python shell job", { live: liveJob({}, { Command: { Name: "pythonshell" } }) }],
    ["an archive that somebody else made", { foreign: ["s3://b/libs.zip"] }],
    ["a requirements file", { live: additional("s3://b/requirements.txt") }],
    ["a wheel of that name", { live: additional("s3://b/acme_lib-1.0-py3-none-any.whl") }],
    ["a package that begins alike", { live: additional("acme-lib-connector>=2") }],
  ])("is not judged, or there, with %s", (_, more) => {
    expect(rulesOf(more, [], ["acme_lib"])).toEqual([]);
  });
});

describe("a plan", () => {
  const plan = {
    key: "load",
    job: "load-dev",
    script: "load.py",
    action: "change",
    next: { scriptLocation: "s3://b/x.py", extraPyFiles: "s3://b/libs/libs-1.zip,s3://b/theirs.zip" },
    warnings: ["first"],
    blockers: [],
    artifacts: ["x.py", "libs/libs-1.zip"],
  } as unknown as JobPlan;
  const knowledge = (more: Partial<ScriptKnowledge> = {}): ScriptKnowledge => ({
    facts: new Map([["load.py", { options: named("source"), modules: named("acme") }]]),
    importable: new Map(),
    steps: new Map([["load", [{}]]]),
    levels: {},
    ...more,
  });
  const live = new Map([["load-dev", liveJob({})]]);

  it("warns of what a job that changes lacks", () => {
    const [job] = withScriptChecks([plan], live, knowledge());
    expect(job?.warnings).toEqual(["first", expect.stringMatching(/--source .*\(missing-argument\)$/)]);
    expect(job?.action).toBe("change");
  });

  it("blocks it where the manifest makes the rule an error, and leaves it where it is off", () => {
    const [blocked] = withScriptChecks([plan], live, knowledge({ levels: { "missing-argument": "error" } }));
    expect(blocked).toMatchObject({ action: "blocked", blockers: [{ code: "missing-argument" }] });
    const [off] = withScriptChecks([plan], live, knowledge({ levels: { "missing-argument": "off" } }));
    expect(off).toEqual(plan);
  });

  it("says nothing of jobs that stay, that are gone, or whose script wasn't checked", () => {
    const unchanged: JobPlan = { ...plan, action: "unchanged" };
    expect(withScriptChecks([unchanged], live, knowledge())).toEqual([unchanged]);
    expect(withScriptChecks([plan], new Map(), knowledge())).toEqual([plan]);
    expect(withScriptChecks([plan], live, knowledge({ facts: new Map() }))).toEqual([plan]);
    expect(withScriptChecks([plan], live, undefined)).toEqual([plan]);
  });
});
