import { describe, expect, it } from "vitest";
import { functionError } from "../../src/e2e/function-error.ts";

describe("the error of a function", () => {
  it.each([
    [
      "a Python exception with its line",
      [
        "START RequestId: 1 Version: $LATEST",
        "[ERROR] KeyError: 'fuel'",
        "Traceback (most recent call last):",
        '  File "/var/task/handler.py", line 7, in handler',
        "    return convert(event)",
        '  File "/var/task/convert.py", line 12, in convert',
        "    row['fuel']",
        '  File "/var/lang/lib/python3.12/json/decoder.py", line 40, in decode',
        "END RequestId: 1",
      ],
      { error: "KeyError: 'fuel'", place: "convert.py:12" },
    ],
    [
      "a JavaScript error",
      [
        '2024-01-01T00:00:00Z 1 ERROR Invoke Error {"errorType":"TypeError","errorMessage":"x is not a function","stack":["TypeError: x","    at handler (/var/task/index.js:3:9)"]}',
      ],
      { error: "TypeError: x is not a function", place: "index.js:3" },
    ],
    [
      "a timeout",
      ["2024-01-01T00:00:00.000Z 1 Task timed out after 3.00 seconds"],
      { error: "Task timed out after 3.00 seconds", place: undefined },
    ],
  ])("is %s", (_, lines, error) => {
    expect(functionError(lines)).toEqual(error);
  });

  it("is none where it succeeded or only spoke of an error", () => {
    expect(functionError(["START RequestId: 1", "no error found", "END RequestId: 1"])).toBeUndefined();
    expect(functionError([])).toBeUndefined();
  });
});
