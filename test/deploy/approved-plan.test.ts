import { describe, expect, it } from "vitest";
import { assertApproved } from "../../src/deploy/approved-plan.ts";
import type { Plan } from "../../src/deploy/plan.ts";
import type { ApprovedPlan } from "../../src/deploy/plan-file.ts";

describe("an approved plan", () => {
  const at = { scriptLocation: "s3://b/old.py", extraPyFiles: null };
  const to = { scriptLocation: "s3://b/new.py", extraPyFiles: null };
  const planned = { job: "a", current: at, next: to, artifacts: ["k"], lastModifiedOn: "1" };
  const where = { environment: "dev", region: "us-east-1", account: "1", bucket: "b", prefix: "p/" };
  const approved = (...jobs: readonly object[]) =>
    ({ ...where, createdAt: "t", jobs }) as unknown as ApprovedPlan;
  const fresh = (...jobs: readonly object[]) => ({ ...where, jobs }) as unknown as Plan;

  it.each([
    ["that fits", planned, planned, undefined],
    [
      "whose job is where it should be already",
      planned,
      { ...planned, current: to, lastModifiedOn: "2" },
      undefined,
    ],
    ["of a job that is no longer named", planned, undefined, "a is no longer in the manifest"],
    ["of a job that is gone", planned, { ...planned, current: null }, "a is gone"],
    ["of a job that has no goal any more", planned, { ...planned, next: null }, "a is gone"],
    [
      "of another script that the job runs already",
      planned,
      { ...planned, current: to, artifacts: ["l"] },
      "a has another script or library in this checkout",
    ],
    [
      "of another script",
      planned,
      { ...planned, artifacts: ["l"] },
      "a has another script or library in this checkout",
    ],
    [
      "of a job that points elsewhere",
      planned,
      { ...planned, current: { ...at, extraPyFiles: "s3://x" } },
      "a points elsewhere now",
    ],
    ["of a job that was updated", planned, { ...planned, lastModifiedOn: "2" }, "a was updated since"],
    [
      "of another outcome",
      planned,
      { ...planned, next: { ...to, extraPyFiles: "s3://x" } },
      "a would get another definition",
    ],
  ])("%s", (_, before, now, why) => {
    const check = () => assertApproved(approved(before), now === undefined ? fresh() : fresh(now));
    if (why === undefined) expect(check).not.toThrow();
    else expect(check).toThrow(`The plan file of t no longer fits: ${why}. Nothing was changed`);
  });

  const remedy = "Plan again, look at the new plan, and apply that.";

  it.each(Object.entries(where))("of another %s is refused", (name, value) => {
    const elsewhere = { ...fresh(), [name]: "other" };
    expect(() => assertApproved(approved(), elsewhere)).toThrow(
      expect.objectContaining({
        code: "plan-for-elsewhere",
        message: `The plan file is for ${name} ${value}, here other. Nothing was changed`,
        remedy,
      }),
    );
  });

  it("of elsewhere is refused with all that differs", () => {
    expect(() => assertApproved(approved(), { ...fresh(), region: "sa-east-1", prefix: "q/" })).toThrow(
      "The plan file is for region us-east-1, here sa-east-1; prefix p/, here q/",
    );
  });

  it.each([
    [5, "j0 is not in it; j1 is not in it; j2 is not in it; j3 is not in it; j4 is not in it"],
    [6, "j0 is not in it; j1 is not in it; j2 is not in it; j3 is not in it; j4 is not in it; and 1 more"],
  ])("that lacks %i jobs says so in short", (count, moved) => {
    const many = Array.from({ length: count }, (_, index) => ({ ...planned, job: `j${index}` }));
    expect(() => assertApproved(approved(), fresh(...many))).toThrow(
      expect.objectContaining({
        code: "plan-stale",
        message: `The plan file of t no longer fits: ${moved}. Nothing was changed`,
        remedy,
      }),
    );
  });

  it("tells what moved before what it lacks", () => {
    const [a, b] = [planned, { ...planned, job: "b" }];
    expect(() => assertApproved(approved(a), fresh(b, { ...a, artifacts: [] }))).toThrow(
      "a has another script or library in this checkout; b is not in it",
    );
  });
});
