import { expect, it } from "vitest";
import { jobBench, report } from "./job-bench.ts";

const bench = await jobBench();
const PAUSE = { "--job-bookmark-option": "job-bookmark-pause" };

it("reads what no committed run has read, and pausing leaves the bookmark where it is", async () => {
  const bucket = await bench.bucket();
  const path = `s3://${bucket}/events/`;
  const job = await bench.job("new_events.py", {
    arguments: { "--path": path, "--job-bookmark-option": "job-bookmark-enable" },
  });
  const read = async (runArguments = {}) => {
    const run = await bench.run(job, runArguments);
    expect(run).toMatchObject({ JobRunState: "SUCCEEDED" });
    return report(await bench.lines(run, "/aws-glue/jobs/output"));
  };
  await bench.put(bucket, "events/day=1/a.json", '{"id":1}\n');
  expect(await read()).toEqual({ new: [1], all: 1 });
  await bench.put(bucket, "events/day=2/b.json", '{"id":2}\n');
  await bench.put(bucket, "events/day=1/a.json", '{"id":11}\n');
  expect(await read(PAUSE)).toEqual({ new: [2, 11], all: 2 });
  await bench.put(bucket, "events/day=2/c.json", '{"id":3}\n');
  expect(await read()).toEqual({ new: [2, 3, 11], all: 3 });
  expect(await read()).toEqual({ new: [], all: 3 });
}, 240_000);
