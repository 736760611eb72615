import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { StepKind } from "../../src/manifest/manifest.ts";
import { resolveJobs } from "../../src/scripts/resolve.ts";
import { loadExample, medallion, readExample, readSandboxFile } from "./medallion-files.ts";

const sandbox = readSandboxFile();
const buckets = new Set(sandbox.buckets.map(({ name }) => name));
const roles = new Set(sandbox.roles.map(({ name }) => name));

/** Buckets of every s3:// URI in a text, and of every S3 ARN. */
function bucketsIn(text: string): string[] {
  return [...text.matchAll(/(?:s3:\/\/|arn:aws:s3:::)([a-z0-9.-]+)/g)].map((match) => match[1] ?? "");
}

async function stepsOfKind(kind: StepKind) {
  return ((await loadExample()).e2e?.steps ?? []).filter((step) => step.kind === kind);
}

describe("the manifest", () => {
  it("loads, with a script for every job", async () => {
    const manifest = await loadExample();
    expect((await resolveJobs(manifest, medallion)).problems).toEqual([]);
    expect(manifest.jobs).toHaveLength(4);
  });

  it("names the jobs that sandbox.yml makes, with the scripts they run there", async () => {
    const { jobs } = await loadExample();
    const wanted = jobs.map(({ job, script }) => [job, basename(script)]);
    const made = sandbox.jobs.map(({ Name, Command }) => [Name, basename(Command.ScriptLocation)]);
    expect(made).toEqual(wanted);
  });

  it("is for the account and region of the sandbox", async () => {
    const { environment } = await loadExample();
    expect(environment).toMatchObject({ account: sandbox.account, region: sandbox.region });
  });

  it("crawls every crawler once", async () => {
    const crawled = (await stepsOfKind("crawler")).flatMap((step) =>
      step.kind === "crawler" ? [step.crawler] : [],
    );
    expect(crawled.toSorted()).toEqual(sandbox.crawlers.map(({ Name }) => Name).toSorted());
  });

  it("runs every job, resets every bookmark and queries the database that the crawlers fill", async () => {
    const { e2e, jobs } = await loadExample();
    const keys = jobs.map(({ key }) => key);
    expect((await stepsOfKind("run")).map((step) => step.kind === "run" && step.job)).toEqual(keys);
    expect(e2e?.bookmarks).toEqual(keys);
    expect(new Set(sandbox.crawlers.map(({ DatabaseName }) => DatabaseName))).toEqual(
      new Set([e2e?.athena?.database]),
    );
    expect(sandbox.databases).toEqual([e2e?.athena?.database]);
  });

  it("cleans all places that the pipeline writes to, the one missed in the incident among them", async () => {
    const clean = ((await loadExample()).e2e?.clean ?? []).map(
      ({ bucket, prefix }) => `s3://${bucket}/${prefix}`,
    );
    const crawled = sandbox.crawlers.flatMap(({ Targets }) => Targets.S3Targets.map(({ Path }) => Path));
    expect(clean).toEqual(expect.arrayContaining(crawled));
    expect(clean).toContain("s3://datalake-pipeline-bronze-dev/bronze/car_data/");
    expect(clean).toHaveLength(8);
  });

  it("ends in five checks that no other step waits for", async () => {
    const steps = (await loadExample()).e2e?.steps ?? [];
    const queries = await stepsOfKind("query");
    expect(queries).toHaveLength(5);
    const needed = new Set(steps.flatMap(({ needs }) => needs));
    expect(queries.filter(({ key }) => needed.has(key))).toEqual([]);
  });
});

describe("sandbox.yml", () => {
  it.each(["sandbox.yml", "glue-pipeline.yml"])("makes every bucket that %s names", (path) => {
    const text = readExample(path).replaceAll("${environment}", "dev");
    expect(bucketsIn(text).filter((name) => !buckets.has(name))).toEqual([]);
  });

  it("makes every role that a job, crawler or function takes", () => {
    const taken = [
      ...sandbox.jobs.map(({ Role }) => Role),
      ...sandbox.crawlers.map(({ Role }) => Role),
      ...sandbox.lambdas.map(({ role }) => role),
    ];
    expect(taken.map((role) => role.replace(/^.*:role\//, "")).filter((role) => !roles.has(role))).toEqual(
      [],
    );
  });

  it("uploads every script that a job is created with", () => {
    const uploaded = new Set(sandbox.objects.map(({ to }) => to));
    const used = sandbox.jobs.map(({ Command }) => Command.ScriptLocation);
    expect(used.filter((uri) => !uploaded.has(uri))).toEqual([]);
    expect(sandbox.objects.filter(({ from }) => !existsSync(join(medallion, from)))).toEqual([]);
  });

  it("hands every job the arguments that its script asks for", () => {
    const missing = sandbox.jobs.flatMap((job) => {
      const script = readExample(`glue_jobs/${basename(job.Command.ScriptLocation)}`);
      const asked = /getResolvedOptions\(\s*sys\.argv, \[([^\]]*)\]/.exec(script)?.[1] ?? "";
      const names = [...asked.matchAll(/"(\w+)"/g)].map((match) => `--${match[1]}`);
      const given = { "--JOB_NAME": "", ...job.DefaultArguments, ...job.NonOverridableArguments };
      return names.length < 3 ? [script] : names.filter((name) => !(name in given));
    });
    expect(missing).toEqual([]);
  });
});

describe("the Terraform module", () => {
  /** Keys of a map written one entry per key, four spaces deep. */
  function keysOf(file: string): string[] {
    return [...readExample(`terraform/${file}`).matchAll(/^ {4}([a-z-]+) += \{/gm)].map(
      (match) => match[1] ?? "",
    );
  }

  it("makes the same jobs and crawlers", () => {
    const jobs = keysOf("jobs.tf").map((key) => `datalake-pipeline-${key}-dev`);
    const crawlers = keysOf("catalog.tf").map((key) => `datalake-pipeline-${key}-crawler-dev`);
    expect(jobs).toEqual(sandbox.jobs.map(({ Name }) => Name));
    expect(crawlers).toEqual(sandbox.crawlers.map(({ Name }) => Name));
  });

  it("makes the same buckets", () => {
    const list = /buckets = toset\(\[(.*)\]\)/.exec(readExample("terraform/locals.tf"))?.[1] ?? "";
    const names = [...list.matchAll(/"([^"]+)"/g)].map((match) => `datalake-pipeline-${match[1]}-dev`);
    expect(new Set(names)).toEqual(buckets);
  });

  it("leaves to deploys what deploys change", () => {
    expect(readExample("terraform/jobs.tf")).toContain(
      'ignore_changes = [command[0].script_location, default_arguments["--extra-py-files"]]',
    );
  });
});
