import { describe, expect, it } from "vitest";
import type { ExactObject } from "../../src/aws/exact-json.ts";
import { assertAsPlanned, updateWarning } from "../../src/deploy/verify.ts";

const from = { scriptLocation: "s3://b/old.py", extraPyFiles: null };
const to = { scriptLocation: "s3://b/new.py", extraPyFiles: null };
const before: ExactObject = {
  Name: "j",
  LastModifiedOn: 1,
  Command: { Name: "glueetl", ScriptLocation: "s3://b/old.py" },
  DefaultArguments: { "--password": "hush" },
  NotificationProperty: { NotifyDelayAfter: 5 },
};
const after: ExactObject = {
  ...before,
  LastModifiedOn: 2,
  Command: { Name: "glueetl", ScriptLocation: "s3://b/new.py" },
};

describe("a job read back", () => {
  it.each<[string, ExactObject]>([
    ["LastModifiedOn and ScriptLocation", after],
    ["a usage profile that AWS replaced", { ...after, ProfileName: "caller" }],
    ["a JobMode that AWS filled in", { ...after, JobMode: "SCRIPT" }],
  ])("may differ in %s", (_name, job) => {
    expect(assertAsPlanned("j", before, job, from, to)).toEqual([]);
  });

  it.each<[string, ExactObject, readonly string[]]>([
    [
      "inside a member",
      { ...after, NotificationProperty: { NotifyDelayAfter: 6 } },
      ["NotificationProperty.NotifyDelayAfter"],
    ],
    ["by adding a member", { ...after, MaxRetries: 0 }, ["MaxRetries"]],
    [
      "in a secret, which is not shown",
      { ...after, DefaultArguments: { "--password": "x", "--new": "y" } },
      ["DefaultArguments.--password", "DefaultArguments.--new"],
    ],
  ])("that somebody else changed %s is as planned, and the members are told", (_name, job, members) => {
    expect(assertAsPlanned("j", before, job, from, to)).toEqual(members);
  });

  it.each<[string, ExactObject, string]>([
    ["lost a member", { ...after, NotificationProperty: undefined }, "NotificationProperty"],
    [
      "lost several members, and gained another",
      { ...after, MaxRetries: 0, DefaultArguments: {}, NotificationProperty: undefined },
      "DefaultArguments.--password, NotificationProperty",
    ],
    [
      "takes its script from an argument by now",
      { ...after, DefaultArguments: { "--password": "hush", "--scriptLocation": "s3://b/x.py" } },
      "DefaultArguments.--scriptLocation",
    ],
    [
      "takes its libraries from elsewhere by now",
      { ...after, NonOverridableArguments: { "--extra-py-files": "s3://b/x.zip" } },
      "NonOverridableArguments",
    ],
    [
      "still runs the old script",
      { ...after, Command: { Name: "glueetl", ScriptLocation: "s3://b/old.py" } },
      "Command.ScriptLocation",
    ],
    ["became visual", { ...after, JobMode: "VISUAL" }, "JobMode"],
  ])("that %s is refused, naming the member", (_name, job, path) => {
    const message = `j, read back after its update, differs in ${path}`;
    expect(() => assertAsPlanned("j", before, job, from, to)).toThrow(
      expect.objectContaining({
        code: "job-not-as-planned",
        message,
        remedy:
          "Somebody else may have updated the job at the same moment: look at who calls UpdateJob (CloudTrail), then deploy again.",
      }),
    );
  });

  it("is a warning where AWS replaced the usage profile", () => {
    expect(updateWarning("j", before, after)).toBeUndefined();
    expect(updateWarning("j", { ...before, ProfileName: "a" }, after)).toContain("usage profile a");
  });
});

it("a usage profile that stays is no warning", () => {
  expect(updateWarning("a", { ProfileName: "mine" }, { ProfileName: "mine" })).toBeUndefined();
});

it("a job without a usage profile has none, before or after", () => {
  expect(updateWarning("a", {}, { ProfileName: "mine" })).toContain(
    "usage profile (none) by the caller's mine",
  );
  expect(updateWarning("a", { ProfileName: "mine" }, {})).toContain(
    "usage profile mine by the caller's (none)",
  );
  expect(updateWarning("a", {}, {})).toBeUndefined();
});

it("a job that is gone after its update is not as planned", () => {
  const at = { scriptLocation: "s3://b/k", extraPyFiles: null };
  expect(() => assertAsPlanned("a", {}, undefined, at, at)).toThrow("differs in the whole job");
});
