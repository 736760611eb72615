import { expect, it } from "vitest";
import { isCheapGlob } from "../../src/base/cheap-glob.ts";

it.each([
  ["jobs/*.py", true],
  ["*/*/*/*/*/*/*/*.py", true],
  ["**/*_job_*/*.py", true],
  ["*a*a*a*.py", true],
  ["*a*a*a*a*.py", false],
  ["**/**/**/**/*.py", true],
  ["**/**/**/**/**/*.py", false],
  ["{a,aa}{a,aa}{a,aa}{a,aa}", true],
  ["{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}", false],
  ["{a,b}/*/{a,b}/*c*/*.py", true],
  ["{a,b}/{a,b}/{a,b}/*c*/*.py", false],
  ["*/*/*/*/*/[a]", false],
  ["*[a/]*[a/]*[a/]*[a/]*b", false],
  ["*/*/*/*/*/\\a", false],
  ["x".repeat(1_000), true],
  ["x".repeat(1_001), false],
])("%s is cheap to match: %s", (glob, cheap) => expect(isCheapGlob(glob)).toBe(cheap));
