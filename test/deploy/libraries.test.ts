import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import type { ResolvedJob } from "../../src/scripts/resolve.ts";
import { refusedByS3 } from "../aws/scripted.ts";
import { workspaceWith } from "../support/workspace.ts";
import type { LiveJob, SmallAws } from "./support/small-aws.ts";
import { type SmallWorld, smallWorld } from "./support/small-world.ts";

const files = {
  "a.py": "import common\n",
  "libs/common/__init__.py": "V = 1\n",
  "src/shared/common/__init__.py": "V = 2\n",
  "jars/x.jar": "jar",
  "conf/a.json": "{}",
};
const job = (more: Partial<ResolvedJob> = {}): ResolvedJob => ({
  key: "key-a",
  job: "a",
  script: "a.py",
  glueVersion: "5.0",
  pythonVersion: undefined,
  extraPyFiles: ["libs/common"],
  line: undefined,
  ...more,
});

async function release(world: SmallWorld, more: Partial<ResolvedJob> = {}, live: object = {}) {
  const standing = world.aws.jobs.get("a");
  world.aws.jobs.set("a", { ...standing, Name: "a", ...live } as LiveJob);
  return world.release(1, { workspace: await workspaceWith(files), jobs: [job(more)] });
}

const listOf = (aws: SmallAws, argument = "--extra-py-files") =>
  (aws.jobs.get("a")?.["DefaultArguments"] as Record<string, string> | undefined)?.[argument];

const archive = (...names: readonly string[]): string =>
  Buffer.from(zipSync(Object.fromEntries(names.map((name) => [name, strToU8("x = 1\n")])))).toString(
    "latin1",
  );

/** Somebody else's archive, and its bytes as S3 gives them. */
function store(world: SmallWorld, key: string, body: string): void {
  world.aws.twist("GET", ({ path }) =>
    path.split("?")[0] === `/theirs/${key}`
      ? { status: 200, headers: { etag: '"x"' }, body: Buffer.from(body, "latin1") as never }
      : undefined,
  );
}

describe("a library that was renamed", () => {
  it("takes its old zip along, so that the job imports the new one", async () => {
    const world = await smallWorld();
    await release(world);
    expect(listOf(world.aws)).toMatch(/^s3:\/\/s\/p\/common\/common-[0-9a-f]{12}\.zip$/);
    await release(world, { extraPyFiles: ["src/shared"] });
    expect(listOf(world.aws)).toMatch(/^s3:\/\/s\/p\/shared\/shared-[0-9a-f]{12}\.zip$/);
    await release(world, { extraPyFiles: [] });
    expect(listOf(world.aws)).toBeUndefined();
  });
});

describe("somebody else's entry that provides the same package", () => {
  const live = { DefaultArguments: { "--extra-py-files": "s3://theirs/lib.zip" } };

  it("stands in the way, by what is in it", async () => {
    const world = await smallWorld();
    store(world, "lib.zip", archive("common/__init__.py", "more.py"));
    const result = await release(world, {}, live);
    expect(result.failure).toMatchObject({
      code: "library-shadowed",
      message: expect.stringContaining(
        'a: has s3://theirs/lib.zip in --extra-py-files, which provides "common" as libs/common does',
      ),
    });
    expect(listOf(world.aws)).toBe("s3://theirs/lib.zip");
  });

  it("is taken out where the manifest replaces it", async () => {
    const world = await smallWorld();
    store(world, "lib.zip", archive("common/__init__.py"));
    const result = await release(world, { replaces: ["s3://theirs/lib.zip"] }, live);
    expect(result).toMatchObject({ result: "deployed" });
    expect(listOf(world.aws)).toMatch(/^s3:\/\/s\/p\/common\//);
    for (const key of ["job.py", "lib.zip"]) world.aws.store(key, "old");
    const back = await world.release(1, { mode: "rollback", jobs: [] });
    expect(back.result).toBe("rolled-back");
    expect(listOf(world.aws)).toBe("s3://theirs/lib.zip");
  });

  it("may stay where it provides something else", async () => {
    const world = await smallWorld();
    store(world, "common.zip", archive("other/__init__.py"));
    const result = await release(
      world,
      {},
      { DefaultArguments: { "--extra-py-files": "s3://theirs/common.zip" } },
    );
    expect(result).toMatchObject({ result: "deployed" });
    expect(listOf(world.aws)).toMatch(/^s3:\/\/theirs\/common\.zip,s3:\/\/s\/p\/common\//);
  });

  it("is judged by its name where it may not be read", async () => {
    const world = await smallWorld();
    world.aws.twist("GET", ({ path }) =>
      path.startsWith("/theirs/") ? refusedByS3("AccessDenied", 403) : undefined,
    );
    const named = { DefaultArguments: { "--extra-py-files": "s3://theirs/common-1.0-py3-none-any.whl" } };
    expect((await release(world, {}, named)).failure?.code).toBe("library-shadowed");
  });
});

describe("what else a job is given", () => {
  it("is merged into its own argument, by name, and goes with the manifest's entry", async () => {
    const world = await smallWorld();
    const live = {
      DefaultArguments: {
        "--additional-python-modules": "pandas==2.0,boto3",
        "--extra-jars": "s3://theirs/y.jar",
      },
    };
    const given = {
      extraPyFiles: [],
      additionalPythonModules: ["pandas==2.1.4", "requests"],
      extraJars: ["jars/x.jar"],
      extraFiles: ["conf/a.json"],
    };
    const result = await release(world, given, live);
    expect(result).toMatchObject({ result: "deployed" });
    expect(listOf(world.aws, "--additional-python-modules")).toBe("pandas==2.1.4,boto3,requests");
    expect(listOf(world.aws, "--extra-jars")).toMatch(
      /^s3:\/\/theirs\/y\.jar,s3:\/\/s\/p\/x\/[0-9a-f]{12}\/x\.jar$/,
    );
    expect(listOf(world.aws, "--extra-files")).toMatch(/^s3:\/\/s\/p\/a\/[0-9a-f]{12}\/a\.json$/);
    await release(world, { extraPyFiles: [] });
    expect(listOf(world.aws, "--extra-jars")).toBe("s3://theirs/y.jar");
    expect(listOf(world.aws, "--extra-files")).toBeUndefined();
  });

  it("is a wheel for a Python shell job, and a zip of one is refused", async () => {
    const world = await smallWorld();
    const shell = {
      GlueVersion: undefined,
      Command: { Name: "pythonshell", PythonVersion: "3.9", ScriptLocation: "s3://old/job.py" },
    };
    const zipped = await release(world, { glueVersion: undefined }, shell);
    expect(zipped.failure).toMatchObject({ code: "library-form" });
    await release(world, { glueVersion: undefined, pythonVersion: "3.9" }, shell);
    expect(listOf(world.aws)).toMatch(
      /^s3:\/\/s\/p\/common\/[0-9a-f]{12}\/common-0\.0\.0-py3-none-any\.whl$/,
    );
  });
});

describe("encryption", () => {
  it.each([
    [{ type: "AES256" }, "AES256", undefined],
    [
      { type: "aws:kms", key: "arn:aws:kms:us-east-1:123456789012:key/k" },
      "aws:kms",
      "arn:aws:kms:us-east-1:123456789012:key/k",
    ],
  ] as const)("of %j is asked for with every object that a deploy writes", async (encryption, type, key) => {
    const world = await smallWorld();
    const { manifest } = world;
    await world.release(1, { manifest: { ...manifest, scripts: { ...manifest.scripts, encryption } } });
    const puts = world.aws.clients.sent.filter(({ operation }) => operation === "PUT");
    expect(puts.length).toBeGreaterThan(4);
    for (const { headers } of puts) {
      expect(headers["x-amz-server-side-encryption"]).toBe(type);
      expect(headers["x-amz-server-side-encryption-aws-kms-key-id"]).toBe(key);
    }
  });
});

describe("a library of somebody else's that can't be read at once", () => {
  const uri = "s3://theirs/common-1.zip";
  const live = { DefaultArguments: { "--extra-py-files": "s3://theirs/other.zip" } };

  it("is read from where its archive begins, whatever stands before it", async () => {
    const world = await smallWorld();
    store(world, "other.zip", `#!/bin/sh\n${archive("common/__init__.py")}`);
    const result = await release(world, {}, live);
    expect(result.failure).toMatchObject({ code: "library-shadowed" });
  });

  it("is judged by its name where it is missing", async () => {
    const world = await smallWorld();
    const result = await release(world, {}, { DefaultArguments: { "--extra-py-files": uri } });
    expect(result.failure).toMatchObject({ code: "library-shadowed" });
  });
});
