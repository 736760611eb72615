import { describe, expect, it } from "vitest";
import type { ExactObject } from "../../src/aws/exact-json.ts";
import type { PlanRules } from "../../src/deploy/blockers.ts";
import type { DesiredJob } from "../../src/deploy/desired.ts";
import { planJob, withActiveRuns } from "../../src/deploy/plan.ts";
import type { ScriptState } from "../../src/deploy/script-states.ts";

const old = "s3://b/old.py";
const fresh = "s3://b/new.py";
const live: ExactObject = {
  Name: "silver-dev",
  JobMode: "SCRIPT",
  GlueVersion: "5.0",
  LastModifiedOn: 7,
  Command: { ScriptLocation: old },
};
const desired: DesiredJob = {
  key: "silver",
  job: "silver-dev",
  script: "silver.py",
  glueVersion: "5.0",
  artifacts: ["k"],
  next: ({ extraPyFiles }) => ({ scriptLocation: fresh, extraPyFiles }),
};
const back: DesiredJob = { ...desired, script: null, glueVersion: undefined, artifacts: [] };
const withZip: DesiredJob = {
  ...desired,
  next: () => ({ scriptLocation: fresh, extraPyFiles: "s3://b/z.zip" }),
};

function rules(
  states: Readonly<Record<string, ScriptState>> = {},
  allowGlueVersionChange = false,
): PlanRules {
  return { allowGlueVersionChange, scripts: new Map(Object.entries(states)) };
}

describe("what stands in the way of a job is told with its remedy:", () => {
  const convert = "Convert the job to a script job in Glue Studio, or take it out of the manifest.";
  const unshadow = "Remove --scriptLocation from the job's arguments where the job is defined.";
  const otherRelease =
    "Deploy the commit of that release instead, roll back to another release, or roll back the other jobs alone by naming them.";
  const fixPython =
    "Fix python-version in the manifest (leave it out for a Spark job), update the job where it is defined, or set allow-glue-version-change: true.";
  const shell = (PythonVersion: string) => ({
    Name: "silver-dev",
    Command: { Name: "pythonshell", PythonVersion, ScriptLocation: old },
  });
  const mendVersion =
    "Mend glue-version in the manifest, update the job where it is defined, or set allow-glue-version-change: true.";

  it.each<[string, string, string, DesiredJob, ExactObject | undefined, PlanRules]>([
    [
      "There is no Glue job silver-dev",
      "job-missing",
      "Check the name and the environment in the manifest. The toolkit never creates jobs: make it where your other infrastructure is made.",
      desired,
      undefined,
      rules({ [old]: "drifted" }),
    ],
    [
      "is a visual job: updating it makes Glue generate its script anew",
      "visual-job",
      convert,
      desired,
      { ...live, JobMode: "VISUAL" },
      rules(),
    ],
    [
      "is a visual job: updating it makes Glue generate its script anew",
      "visual-job",
      convert,
      desired,
      { ...live, CodeGenConfigurationNodes: { "node-1": {} } },
      rules(),
    ],
    [
      "has --scriptLocation in NonOverridableArguments, which wins over Command.ScriptLocation",
      "script-location-shadowed",
      unshadow,
      desired,
      {
        ...live,
        DefaultArguments: { "--scriptLocation": "s3://x" },
        NonOverridableArguments: { "--scriptLocation": "s3://y" },
      },
      rules(),
    ],
    [
      "has --scriptLocation in DefaultArguments, which wins over Command.ScriptLocation",
      "script-location-shadowed",
      unshadow,
      desired,
      { ...live, DefaultArguments: { "--scriptLocation": "" } },
      rules(),
    ],
    [
      "has --extra-py-files in NonOverridableArguments, which wins over DefaultArguments",
      "extra-py-files-shadowed",
      "Move that argument to the job's DefaultArguments where the job is defined.",
      withZip,
      { ...live, NonOverridableArguments: { "--extra-py-files": "s3://theirs/y.zip" } },
      rules(),
    ],
    [
      "runs on Glue 4.0, but the manifest says 5.0",
      "glue-version-differs",
      mendVersion,
      desired,
      { ...live, GlueVersion: "4.0" },
      rules(),
    ],
    [
      "runs on Glue (none), but the manifest says 5.0",
      "glue-version-differs",
      mendVersion,
      desired,
      { Name: "silver-dev", Command: { ScriptLocation: old } },
      rules(),
    ],
    [
      "runs Python 3.6, but the manifest says 3.9",
      "python-version-differs",
      fixPython,
      { ...desired, glueVersion: undefined, pythonVersion: "3.9" },
      shell("3"),
      rules(),
    ],
    [
      "runs Python 3.9, but the manifest says 3.6",
      "python-version-differs",
      fixPython,
      { ...desired, glueVersion: undefined, pythonVersion: "3.6" },
      shell("3.9"),
      rules(),
    ],
    [
      "is a glueetl job, but the manifest gives it python-version 3.9, as for a Python shell or Ray job",
      "python-version-differs",
      fixPython,
      { ...desired, pythonVersion: "3.9" },
      { ...live, Command: { Name: "glueetl", PythonVersion: "3", ScriptLocation: old } },
      rules(),
    ],
    [
      "would go back to s3://b/new.py, which is gone",
      "rollback-target-gone",
      otherRelease,
      back,
      live,
      rules({ [fresh]: "missing" }),
    ],
    [
      "would go back to s3://b/new.py, which somebody overwrote",
      "rollback-target-gone",
      otherRelease,
      back,
      live,
      rules({ [fresh]: "drifted" }),
    ],
  ])("%s", (message, code, remedy, job, definition, judgedBy) => {
    const plan = planJob(job, definition, judgedBy);
    expect(plan.action).toBe("blocked");
    expect(plan.blockers).toEqual([{ code, message, remedy }]);
  });

  it("all of it, in one go", () => {
    const wrong = { ...live, JobMode: "VISUAL", GlueVersion: "3.0" };
    const codes = planJob(desired, wrong, rules({ [old]: "drifted" })).blockers.map(({ code }) => code);
    expect(codes).toEqual(["visual-job", "glue-version-differs"]);
  });
});

describe("nothing stands in the way of", () => {
  it.each<[string, DesiredJob, ExactObject, PlanRules]>([
    ["a job with an empty graph", desired, { ...live, CodeGenConfigurationNodes: {} }, rules()],
    [
      "a job whose fixed --extra-py-files stay as they are",
      desired,
      { ...live, NonOverridableArguments: { "--extra-py-files": "s3://theirs/y.zip" } },
      rules(),
    ],
    ["a job that gets its first zip", withZip, live, rules()],
    ["a job of no particular Glue version", { ...desired, glueVersion: undefined }, live, rules()],
    ["a job of an allowed other version", desired, { ...live, GlueVersion: "4.0" }, rules({}, true)],
    [
      "a job whose own script is gone or nobody may look at",
      desired,
      { ...live, DefaultArguments: { "--extra-py-files": "s3://b/x.zip" } },
      rules({ [old]: "missing", "s3://b/x.zip": "unknown" }),
    ],
    ["a deploy whose new script is not there yet", desired, live, rules({ [fresh]: "missing" })],
    ["a way back to a script that is there", back, live, rules({ [fresh]: "intact" })],
    ["a way back to a script that nobody may look at", back, live, rules({ [fresh]: "unknown" })],
    ["a way back to a script of somebody else's", back, live, rules()],
  ])("%s", (_, job, definition, judgedBy) => {
    expect(planJob(job, definition, judgedBy)).toMatchObject({ action: "change", blockers: [] });
  });
});

describe("the plan of a job", () => {
  it("that isn't there says nothing else", () => {
    expect(planJob(desired, undefined, rules({}, true))).toEqual({
      key: "silver",
      job: "silver-dev",
      script: "silver.py",
      action: "blocked",
      current: null,
      next: null,
      fields: [],
      reasons: [],
      warnings: [],
      blockers: [expect.objectContaining({ code: "job-missing" })],
      lastModifiedOn: "",
      artifacts: ["k"],
      scriptDiff: null,
    });
  });

  it("gives each reason, and says that a missing zip is uploaded again", () => {
    const job = { ...live, DefaultArguments: { "--extra-py-files": "s3://b/z.zip" } };
    expect(planJob(withZip, job, rules({ "s3://b/z.zip": "missing", [fresh]: "missing" })).reasons).toEqual([
      "Command.ScriptLocation changes",
      "s3://b/z.zip is gone from S3 and is uploaded again",
    ]);
  });

  const overwritten = { [old]: "drifted", "s3://b/x.zip": "intact", "s3://b/y.zip": "drifted" } as const;
  const profile = "has the usage profile team: UpdateJob replaces it by the caller's";

  it.each<[string, DesiredJob, ExactObject, readonly string[], Record<string, ScriptState>?]>([
    [
      "another Glue version and a usage profile",
      desired,
      { ...live, GlueVersion: "4.0", ProfileName: "team" },
      ["runs on Glue 4.0, the manifest says 5.0", profile],
    ],
    [
      "a Glue version that is nowhere told",
      desired,
      { Name: "silver-dev", Command: { ScriptLocation: old } },
      ["runs on Glue (none), the manifest says 5.0"],
    ],
    [
      "another Python, where that is allowed",
      { ...desired, glueVersion: undefined, pythonVersion: "3.9" },
      { Name: "j", Command: { Name: "pythonshell", PythonVersion: "3", ScriptLocation: old } },
      ["runs Python 3.6, but the manifest says 3.9"],
    ],
    [
      "a Python shell job whose manifest gives no Python",
      { ...desired, glueVersion: undefined },
      { Name: "j", Command: { Name: "pythonshell", PythonVersion: "3.9", ScriptLocation: old } },
      ["is a Python shell job, but the manifest gives it no python-version"],
    ],
    ["the manifest's own Glue version", desired, live, []],
    [
      "a live script that somebody overwrote, and a live library",
      desired,
      { ...live, DefaultArguments: { "--extra-py-files": "s3://b/x.zip, s3://b/y.zip" } },
      [
        `runs ${old}, whose bytes are not those that were deployed there: somebody overwrote it`,
        "runs s3://b/y.zip, whose bytes are not those that were deployed there: somebody overwrote it",
      ],
      overwritten,
    ],
    ["a manifest that names no Glue version", { ...desired, glueVersion: undefined }, live, []],
    [
      "a usage profile that stays, for nothing changes",
      desired,
      { ...live, ProfileName: "team", Command: { ScriptLocation: fresh } },
      [],
    ],
  ])("warns where it should of %s", (_, job, definition, warnings, states = {}) => {
    expect(planJob(job, definition, rules(states, true)).warnings).toEqual(warnings);
  });
});

describe("runs in flight", () => {
  const plan = { ...planJob(desired, live, rules()), warnings: ["first"] };

  it("are nothing where there are none", () => {
    expect(withActiveRuns(plan, [], "fail")).toBe(plan);
  });

  it.each([
    [["r1"], "a run is in flight (r1): it keeps the script it started with"],
    [["r1", "r2"], "2 runs are in flight (r1, r2): they keep the script they started with"],
    [["r1", "r2", "r3", "r4"], "4 runs are in flight (r1, r2, r3): they keep the script they started with"],
  ])("%j are named, the first three of them", (ids, warning) => {
    expect(withActiveRuns(plan, ids, "warn")).toEqual({ ...plan, warnings: ["first", warning] });
  });

  it("block after what blocks already", () => {
    const drifted = planJob(desired, live, rules({ [old]: "drifted" }));
    const blocked = withActiveRuns(drifted, ["r1"], "fail");
    expect(blocked.action).toBe("blocked");
    expect(blocked.blockers).toEqual([
      ...drifted.blockers,
      {
        code: "job-running",
        message: "a run is in flight (r1)",
        remedy: "Wait for the run to end, or deploy with on-running: wait.",
      },
    ]);
  });
});
