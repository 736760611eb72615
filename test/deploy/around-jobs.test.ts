import { describe, expect, it } from "vitest";
import type { JobPlan } from "../../src/deploy/plan.ts";
import { withChangesSince } from "../../src/deploy/since-last-release.ts";
import { ownerByTags, withSurroundings } from "../../src/deploy/surroundings.ts";
import { refused } from "../aws/scripted.ts";
import { at, idOf, recordOf } from "./support/records.ts";
import type { SmallAws, Twist } from "./support/small-aws.ts";
import { smallWorld } from "./support/small-world.ts";

const job = (name: string, more: Partial<JobPlan> = {}) =>
  ({ job: name, action: "change", current: at("now"), warnings: ["first"], ...more }) as JobPlan;

describe("what was done to a job since the newest release that names it", () => {
  const settled = "2025-11-05T10:00:00.000Z";
  const records = [
    recordOf(4, { other: ["x", "y"] }),
    recordOf(3, { a: ["old", "now"] }, { settledAt: settled }),
    recordOf(2, { a: ["older", "old"] }, { settledAt: null }),
  ];
  const updated = (minutes: number): string => String(Date.parse(settled) / 1_000 + minutes * 60);

  it.each<[string, Partial<JobPlan>, string | undefined]>([
    ["nothing, within five minutes of clocks that differ", { lastModifiedOn: updated(5) }, undefined],
    [
      "an update of its settings",
      { lastModifiedOn: updated(6) },
      `was updated at 2025-11-05T10:06:00.000Z, after release ${idOf(3)}: its settings stay as they are now`,
    ],
    [
      "another script",
      { current: at("theirs"), lastModifiedOn: updated(6) },
      `was pointed elsewhere since release ${idOf(3)} (by hand, or by Terraform or CDK), which this undoes`,
    ],
    [
      "the script of an older release",
      { current: at("old") },
      `was pointed elsewhere since release ${idOf(3)} (by hand, or by Terraform or CDK), which this undoes`,
    ],
  ])("is %s", (_, more, warning) => {
    const [seen] = withChangesSince([job("a", more)], records);
    expect(seen?.warnings).toEqual(["first", ...(warning === undefined ? [] : [warning])]);
  });

  it.each<[string, JobPlan]>([
    ["doesn't change", job("a", { action: "unchanged", current: at("theirs") })],
    ["isn't there", job("a", { current: null })],
    ["no release names", job("new")],
  ])("is of no interest for a job that %s", (_, plan) => {
    expect(withChangesSince([plan], records)[0]).toBe(plan);
  });
});

describe("what else moves the jobs that change", () => {
  const terraform =
    "is defined by Terraform (tag ManagedBy): let that ignore Command.ScriptLocation, or its next run moves the job back (docs/deploy.md)";

  async function around(jobs: readonly JobPlan[], twists: Readonly<Record<string, Twist>>) {
    const { aws, place, events } = await smallWorld();
    for (const [operation, twist] of Object.entries(twists)) aws.twist(operation, twist);
    const seen = await withSurroundings(place, "123456789012", jobs);
    return { warnings: seen.map(({ warnings }) => warnings), seen, aws, place, events };
  }

  const tagged: Twist = ({ body }) => ({
    Tags: body.includes(":123456789012:job/a") ? { ManagedBy: "Terraform" } : {},
  });
  const scheduled: Twist = () => ({
    Triggers: [
      {
        Name: "nightly",
        Type: "SCHEDULED",
        State: "ACTIVATED",
        Schedule: "cron(0 2 * * ? *)",
        Actions: [{ JobName: "a" }, { JobName: "idle" }],
      },
    ],
  });
  const tagCalls = (aws: SmallAws): readonly string[] =>
    aws.clients.sent
      .filter(({ operation }) => operation === "GetTags")
      .map(({ body }) => body)
      .sort();

  it("is told after what is known already, of those alone", async () => {
    const idle = job("idle", { action: "unchanged" });
    const other = job("b");
    const { warnings, seen, aws } = await around([job("a"), idle, other], {
      GetTags: tagged,
      GetTriggers: scheduled,
    });
    expect(warnings).toEqual([
      [
        "first",
        "is started by the trigger nightly cron(0 2 * * ? *): its next run takes the new script",
        terraform,
      ],
      ["first"],
      ["first"],
    ]);
    expect(seen.slice(1)).toEqual([idle, other]);
    expect(tagCalls(aws)).toEqual([
      JSON.stringify({ ResourceArn: "arn:aws:glue:us-east-1:123456789012:job/a" }),
      JSON.stringify({ ResourceArn: "arn:aws:glue:us-east-1:123456789012:job/b" }),
    ]);
  });

  it("is not asked where nothing changes", async () => {
    const jobs = [job("a", { action: "unchanged" })];
    const { seen, aws } = await around(jobs, {});
    expect(seen).toBe(jobs);
    expect(aws.clients.seen).toEqual([]);
  });

  it("is asked of the first fifty alone", async () => {
    const jobs = Array.from({ length: 51 }, (_, index) => job(`j${index}`));
    const { aws } = await around(jobs, {});
    expect(tagCalls(aws)).toHaveLength(50);
  });

  it("is left out where it may not be asked, and only the debug log says so", async () => {
    const denied: Twist = () => refused("AccessDeniedException", "no");
    const jobs = Array.from({ length: 9 }, (_, index) => job(`j${index}`));
    const { seen, aws, events } = await around(jobs, { GetTags: denied, GetTriggers: denied });
    expect(seen).toEqual(jobs);
    // those under way are not called back
    expect(tagCalls(aws).length).toBeLessThanOrEqual(4);
    const notes = events.filter(({ code }) => code === "deploy.not-asked");
    expect(notes).toHaveLength(1 + tagCalls(aws).length);
    expect(notes[0]).toEqual({
      code: "deploy.not-asked",
      level: "debug",
      message: expect.stringContaining("glue:GetTriggers"),
    });
  });

  it("is asked of the next job where one job's answer is an error", async () => {
    const jobs = Array.from({ length: 9 }, (_, index) => job(`j${index}`));
    const { aws } = await around(jobs, { GetTags: () => refused("InvalidInputException") });
    expect(tagCalls(aws)).toHaveLength(9);
  });

  it("is no reason to go on once cancelled", async () => {
    const { place } = await smallWorld();
    const signal = AbortSignal.abort(new Error("cancelled"));
    await expect(withSurroundings({ ...place, signal }, "1", [job("a")])).rejects.toThrow("cancelled");
  });
});

describe("who defines a job, by its tags", () => {
  it.each<[Record<string, string>, string | undefined]>([
    [{ ManagedBy: "Terraform" }, "Terraform (tag ManagedBy)"],
    [{ "managed-by": "opentofu" }, "opentofu (tag managed-by)"],
    [{ Terraform: "true" }, "Terraform (tag Terraform)"],
    [{ terraform: "false" }, undefined],
    [{ "aws:cloudformation:stack-name": "acme-jobs" }, "the CloudFormation stack acme-jobs"],
    [{ managed_by: "ana" }, undefined],
    [{ Team: "terraform-guild" }, undefined],
    [{ "created with": "Pulumi 3" }, "Pulumi 3 (tag created with)"],
    [{ provisioned_by: "aws-cdk" }, "aws-cdk (tag provisioned_by)"],
    [{ IaC: "terragrunt" }, "terragrunt (tag IaC)"],
    [{ tool: "CloudFormation" }, "CloudFormation (tag tool)"],
    [{ "not-managed-by": "terraform" }, undefined],
    [{ "managed-by-team": "terraform" }, undefined],
    [{ managedXby: "terraform" }, undefined],
    [{ "old-tool": "terraform" }, undefined],
    [{ toolbox: "terraform" }, undefined],
    [{ OpenTofu: "yes, prod" }, "Terraform (tag OpenTofu)"],
    [{ terraformed: "1" }, "Terraform (tag terraformed)"],
    [{ terraform: "0" }, undefined],
    [{ terraform: "No" }, undefined],
    [{ terraform: "" }, undefined],
    [{ terraform: "not-false" }, "Terraform (tag terraform)"],
    [{ terraform: "no-idea" }, "Terraform (tag terraform)"],
    [{ "not-terraform": "true" }, undefined],
    [{ "terraform-module": "glue" }, undefined],
    [{ Team: "x", "managed-by": "ana", Terraform: "true" }, "Terraform (tag Terraform)"],
    [{}, undefined],
  ])("%o", (tags, owner) => {
    expect(ownerByTags(tags)).toBe(owner);
  });
});
