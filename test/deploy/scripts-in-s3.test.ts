import { describe, expect, it } from "vitest";
import { keysOfLiveJobs, keysOfRuns } from "../../src/deploy/keys-in-use.ts";
import { listScripts } from "../../src/deploy/listed-scripts.ts";
import type { JobPlan } from "../../src/deploy/plan.ts";
import { readText, withScriptDiffs } from "../../src/deploy/script-diffs.ts";
import { foreignScriptStates, nothingSeen, ownScriptStates } from "../../src/deploy/script-states.ts";
import type { Artifact } from "../../src/scripts/artifact.ts";
import { refused, refusedByS3 } from "../aws/scripted.ts";
import { artifactOf, digest, uriOf } from "./support/artifacts.ts";
import { smallWorld } from "./support/small-world.ts";

describe("scripts of ours", () => {
  const [intact, drifted, missing] = [artifactOf("a", "1"), artifactOf("b", "2"), artifactOf("c", "3")];

  it("are what their names say, or not, or gone; others' are no matter", async () => {
    const { place, aws } = await smallWorld();
    aws.store(intact.key, "1");
    aws.store(drifted.key, "hot fix");
    const seen = nothingSeen();
    const uris = [intact, drifted, missing].map(uriOf);
    const states = await ownScriptStates(place, ["s3://theirs/x.py", ...uris], new Map(), new Map(), seen);
    expect([...states]).toEqual([
      [uriOf(intact), "intact"],
      [uriOf(drifted), "drifted"],
      [uriOf(missing), "missing"],
    ]);
    expect([...seen.intact]).toEqual([[uriOf(intact), intact.sha256]]);
    expect([...seen.missing]).toEqual([uriOf(missing)]);
    aws.objects.clear();
    const again = await ownScriptStates(place, uris.slice(0, 1), new Map(), new Map(), seen);
    expect([...again.values()]).toEqual(["intact"]);
  });

  const many = Array.from({ length: 20 }, (_, index) => artifactOf(`s${index}`, `text ${index}`));
  const page = (artifacts: readonly Artifact[], etag: (artifact: Artifact) => string): string => {
    const sorted = artifacts.toSorted((left, right) => (left.key < right.key ? -1 : 1));
    const contents = sorted.map(
      (artifact) => `<Contents><Key>${artifact.key}</Key><ETag>"${etag(artifact)}"</ETag></Contents>`,
    );
    return `<ListBucketResult>${contents.join("")}</ListBucketResult>`;
  };
  const md5 = ({ bytes }: Artifact): string => digest(new TextDecoder().decode(bytes), "md5");

  it("are looked at in one listing where many are to be stored as they are here", async () => {
    const { place, aws } = await smallWorld();
    aws.twist("ListObjectsV2", () => page(many, md5));
    const artifacts = new Map(many.map((artifact) => [artifact.key, artifact]));
    const states = await ownScriptStates(place, many.map(uriOf), artifacts, new Map(), nothingSeen());
    expect(new Set(states.values())).toEqual(new Set(["intact"]));
    expect(aws.clients.seen).toEqual(["ListObjectsV2"]);
    expect(aws.clients.sent[0]?.path).toContain("prefix=p%2F");
  });

  it("are asked for one by one where they are fewer, for all but those were seen before", async () => {
    const { place, aws } = await smallWorld();
    const artifacts = new Map(many.map((artifact) => [artifact.key, artifact]));
    const [first] = many;
    const seen = nothingSeen();
    if (first !== undefined) seen.intact.set(uriOf(first), first.sha256);
    await ownScriptStates(place, many.map(uriOf), artifacts, new Map(), seen);
    expect(new Set(aws.clients.seen)).toEqual(new Set(["HEAD"]));
    expect(aws.clients.seen).toHaveLength(19);
  });

  const stranger = (index: number): Artifact => ({
    ...artifactOf("x", "x"),
    key: `p/x/${String(index).padStart(4, "0")}`,
  });
  const strangers = (count: number): Artifact[] =>
    Array.from({ length: count }, (_, index) => stranger(index));

  it.each([
    [999, ["p/y"]],
    [1_000, []],
  ])("are looked for among a thousand objects: after %i others", async (others, found) => {
    const { place, aws } = await smallWorld();
    const last = { ...artifactOf("last", "last"), key: "p/y" };
    aws.twist("ListObjectsV2", () => page([...strangers(others), last], md5));
    expect([...(await listScripts(place, [...many.slice(1), last])).intact]).toEqual(found);
  });

  it.each([
    [1_199, ["p/y"]],
    [1_200, []],
  ])(
    "are looked for among twenty objects each where they are more: after %i others",
    async (others, found) => {
      const { place, aws } = await smallWorld();
      const sixty = Array.from({ length: 59 }, (_, index) => artifactOf(`t${index}`, "x"));
      const last = { ...artifactOf("last", "last"), key: "p/y" };
      aws.twist("ListObjectsV2", () => page([...strangers(others), last], md5));
      expect([...(await listScripts(place, [...sixty, last])).intact]).toEqual(found);
    },
  );

  it("are looked for no further once all were found", async () => {
    const { place, aws } = await smallWorld();
    const more = page(many, md5).replace("</ListBucketResult>", "");
    aws.twist(
      "ListObjectsV2",
      () =>
        `${more}<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken></ListBucketResult>`,
    );
    expect((await listScripts(place, many)).intact.size).toBe(20);
    expect(aws.clients.seen).toHaveLength(1);
  });
});

describe("scripts of others", () => {
  it("are asked for once each, in their own buckets, and ours are left out", async () => {
    const { place, aws } = await smallWorld();
    const ours = artifactOf("a", "1");
    aws.store("theirs.py", "x");
    const uris = ["s3://theirs/theirs.py", "s3://s/gone.py", "s3://theirs/theirs.py", uriOf(ours)];
    expect([...(await foreignScriptStates(place, uris))]).toEqual([
      ["s3://theirs/theirs.py", "unknown"],
      ["s3://s/gone.py", "missing"],
    ]);
    const owners = aws.clients.sent.map(({ path, headers }) => [
      path.split("?")[0],
      headers["x-amz-expected-bucket-owner"],
    ]);
    expect(owners.sort()).toEqual([
      ["/s/gone.py", "123456789012"],
      ["/theirs/theirs.py", undefined],
    ]);
  });
});

describe("the text of a script", () => {
  it("is read from whichever bucket holds it, as its owner's where that is ours", async () => {
    const { place, aws } = await smallWorld();
    aws.store("x.py", "x = 1");
    expect(await readText(place, "s3://theirs/x.py")).toBe("x = 1");
    expect(await readText(place, "s3://s/x.py")).toBe("x = 1");
    expect(aws.clients.sent.map(({ headers }) => headers["x-amz-expected-bucket-owner"])).toEqual([
      undefined,
      "123456789012",
    ]);
  });

  const fresh = artifactOf("a", "new\n");
  const plan = (more: object = {}) =>
    ({
      job: "a",
      action: "change",
      current: { scriptLocation: "s3://s/old.py", extraPyFiles: null },
      next: { scriptLocation: uriOf(fresh), extraPyFiles: null },
      artifacts: [fresh.key],
      scriptDiff: null,
      ...more,
    }) as unknown as JobPlan;
  const desired = { jobs: [], artifacts: new Map([[fresh.key, fresh]]) };

  it("is held against the new one of a job that changes", async () => {
    const { place, aws } = await smallWorld();
    aws.store("old.py", "old\n");
    const [seen] = await withScriptDiffs(place, [plan()], desired);
    expect(seen).toEqual({ ...plan(), scriptDiff: "@@ -1 +1 @@\n-old\n+new" });
  });

  it.each<[string, JobPlan]>([
    ["stays as it is", plan({ action: "unchanged" })],
    ["is blocked", plan({ action: "blocked" })],
    ["keeps its script", plan({ next: { scriptLocation: "s3://s/old.py", extraPyFiles: "s3://s/z" } })],
    ["has nothing built", plan({ artifacts: [] })],
  ])("is not read for a job that %s", async (_, job) => {
    const { place, aws } = await smallWorld();
    expect((await withScriptDiffs(place, [job], desired))[0]).toBe(job);
    expect(aws.clients.seen).toEqual([]);
  });

  it("is no difference where it has gone", async () => {
    const { place } = await smallWorld();
    expect((await withScriptDiffs(place, [plan()], desired))[0]?.scriptDiff).toBeNull();
  });
});

describe("keys in use", () => {
  it("are those of our bucket that any job of the account names", async () => {
    const { place, aws } = await smallWorld();
    aws.jobs.set("theirs", {
      Name: "theirs",
      Command: { ScriptLocation: "s3://s/p/x.py" },
      DefaultArguments: { "--extra-py-files": "s3://s/p/y.zip,s3://other/p/z.zip", "--mode": "fast s3://s" },
    });
    expect([...(await keysOfLiveJobs(place))]).toEqual([["theirs", ["p/x.py", "p/y.zip"]]]);
  });

  it("of a run are all that its job ever pointed to, and what its own arguments name", async () => {
    const { place, aws } = await smallWorld();
    const run = { Id: "r", JobRunState: "RUNNING" };
    aws.runs.set("busy", [{ ...run, Arguments: { "--x": "s3://s/mine.py", "--y": "s3://t/no.py" } }, run]);
    aws.runs.set("done", [{ ...run, JobRunState: "SUCCEEDED", Arguments: { "--x": "s3://s/old.py" } }]);
    const users = new Map([
      ["k1", new Set(["busy", "done"])],
      ["k2", new Set(["done"])],
      ["k3", new Set(["busy"])],
    ]);
    expect([...(await keysOfRuns(place, users)).keys].sort()).toEqual(["k1", "k3", "mine.py"]);
    expect(aws.clients.seen).toEqual(["GetJobRuns", "GetJobRuns"]);
  });
});

it("a script that may not be looked for ends the plan; a job whose runs may not be seen counts as running", async () => {
  const { place, aws } = await smallWorld();
  const script = artifactOf("a", "1");
  aws.twist("HEAD", () => refusedByS3("AccessDenied", 403));
  await expect(
    ownScriptStates(place, [uriOf(script)], new Map(), new Map(), nothingSeen()),
  ).rejects.toMatchObject({
    code: "aws-access-denied",
  });
  aws.twist("GetJobRuns", () => refused("AccessDeniedException"));
  expect(await keysOfRuns(place, new Map([["k", new Set(["a"])]]))).toEqual({
    keys: new Set(["k"]),
    unseen: ["a"],
  });
  aws.twist("GetJobRuns", () => refused("EntityNotFoundException"));
  expect(await keysOfRuns(place, new Map([["k", new Set(["a"])]]))).toEqual({ keys: new Set(), unseen: [] });
});
