import { PutObjectCommand } from "@aws-sdk/client-s3";
import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { jobBench, report } from "./job-bench.ts";

const bench = await jobBench();
const OUTPUT = "/aws-glue/python-jobs/output";
const ERROR = "/aws-glue/python-jobs/error";

/** Zip file of stored entries, as an --extra-py-files library. */
const PARTS_ZIP = zipSync({
  "parts/__init__.py": strToU8(""),
  "parts/words.py": strToU8('WORD = "zipped"\n'),
});

describe("a script that is no Python", () => {
  it("fails the run with the message, file and line that Glue reports", async () => {
    const run = await bench.run(await bench.job("broken.py"));
    expect(run).toMatchObject({
      JobRunState: "FAILED",
      ErrorMessage: "IndentationError: unexpected indent (broken.py, line 4)",
    });
  });
});

describe("a Python shell job", () => {
  it("has its arguments, libraries and files, and no Spark", async () => {
    const bucket = await bench.bucket();
    await bench.put(bucket, "lib/greetings.py", 'def hello(name):\n    return f"Hello, {name}"\n');
    await bench.s3.send(
      new PutObjectCommand({ Bucket: bucket, Key: "lib/parts-1.0-py3-none-any.whl", Body: PARTS_ZIP }),
    );
    await bench.put(bucket, "lib/settings.json", '{"limit": 3}');
    const job = await bench.job("shell.py", {
      command: "pythonshell",
      arguments: {
        "--extra-py-files": `s3://${bucket}/lib/greetings.py,s3://${bucket}/lib/parts-1.0-py3-none-any.whl`,
        "--extra-files": `s3://${bucket}/lib/settings.json`,
      },
    });
    const run = await bench.run(job, { "--name": "Glue" });
    expect(run).toMatchObject({ JobRunState: "SUCCEEDED" });
    expect(report(await bench.lines(run, OUTPUT))).toEqual({
      greeting: "Hello, Glue",
      word: "zipped",
      settings: { limit: 3 },
      script: "shell.py",
      spark: false,
    });
    expect(await bench.run(job, { "--name": "Glue", "--exit": "0" })).toMatchObject({
      JobRunState: "SUCCEEDED",
    });
    expect(await bench.run(job, { "--name": "Glue", "--exit": "3" })).toMatchObject({
      JobRunState: "FAILED",
      ErrorMessage: "SystemExit: 3",
    });
  });

  it("imports nothing from a zip, for it takes wheels and eggs", async () => {
    const bucket = await bench.bucket();
    await bench.put(bucket, "lib/greetings.py", 'def hello(name):\n    return f"Hello, {name}"\n');
    await bench.put(bucket, "lib/settings.json", '{"limit": 3}');
    await bench.s3.send(new PutObjectCommand({ Bucket: bucket, Key: "lib/parts.zip", Body: PARTS_ZIP }));
    const job = await bench.job("shell.py", {
      command: "pythonshell",
      arguments: {
        "--extra-py-files": `s3://${bucket}/lib/greetings.py,s3://${bucket}/lib/parts.zip`,
        "--extra-files": `s3://${bucket}/lib/settings.json`,
      },
    });
    const run = await bench.run(job, { "--name": "Glue" });
    expect(run).toMatchObject({ JobRunState: "FAILED" });
    expect(run.ErrorMessage).toContain("ModuleNotFoundError");
  });

  it("fails with the exception's type and message, and the script's own traceback", async () => {
    const run = await bench.run(await bench.job("failing.py", { command: "pythonshell" }));
    expect(run).toMatchObject({ JobRunState: "FAILED", ErrorMessage: "ZeroDivisionError: division by zero" });
    const lines = await bench.lines(run, ERROR);
    expect(lines.filter((line) => line.includes("File "))).toEqual([
      '  File "/tmp/failing.py", line 5, in <module>',
      '  File "/tmp/failing.py", line 2, in divide',
    ]);
    expect(lines).toContain("    return total / parts");
  });
});
