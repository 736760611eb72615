import { GetJobBookmarkCommand } from "@aws-sdk/client-glue";
import { expect, it } from "vitest";
import { jobBench } from "./job-bench.ts";

const bench = await jobBench();

it("brings S3 to what a Spark job left, the failed one's writes and deletions included", async () => {
  const bucket = await bench.bucket();
  const odd = "in/10:30 é+{a}[b]*?&=%25.txt";
  await bench.put(bucket, "in/plain.txt", "plain\n");
  await bench.put(bucket, "in/deep/er/", "");
  await bench.put(bucket, odd, "odd\n");
  await bench.put(bucket, "all/old.json", '{"word":"old"}\n');
  await bench.put(bucket, "days/day=04/old.json", '{"word":"old"}\n');
  await bench.put(bucket, "days/day=05/old.json", '{"word":"old"}\n');
  await bench.put(bucket, "gone/a/b.txt", "x");
  await bench.put(bucket, "kept/_temporary.txt", "x");
  const arguments_ = { "--bucket": bucket, "--job-bookmark-option": "job-bookmark-enable" };
  const job = await bench.job("rewrites.py", { arguments: arguments_ });
  const run = await bench.run(job);
  expect(run).toMatchObject({ JobRunState: "FAILED", ErrorMessage: "ValueError: 2 new events" });

  const keys = await bench.keys(bucket);
  const part = keys.find((key) => key.startsWith("all/part-")) ?? "";
  expect(await bench.text(bucket, part)).toBe('{"word":"odd"}\n{"word":"plain"}\n');
  expect(keys.map((key) => key.replace(/part-.*/, "part"))).toEqual(
    [
      "all/_SUCCESS",
      "all/part",
      "days/day=04/old.json",
      "days/day=05/part",
      "days/day=a%3Ab c%25%2Fé/part",
      odd,
      "in/deep/er/",
      "in/plain.txt",
      "kept/_temporary.txt",
    ].toSorted(),
  );
  await expect(bench.glue.send(new GetJobBookmarkCommand({ JobName: job }))).rejects.toThrow(/not found/);
}, 120_000);
