import { describe, expect, it } from "vitest";
import { plainText } from "../../src/base/plain-text.ts";

describe("plainText", () => {
  it.each([
    ["terminal colours", "\u001b[31mred\u001b[0m", "red"],
    ["control characters but line breaks and tabs", "a\u0000b\u0007\n\tc", "ab\n\tc"],
  ])("strips %s", (_, text, shown) => {
    expect(plainText(text)).toBe(shown);
  });

  it("shows characters that turn the reading direction", () => {
    expect(plainText("safe\u202egpj.exe")).toBe("safe\\u{202e}gpj.exe");
  });

  it.each([
    ["an access key id", "key AKIAABCDEFGHIJKLMNOP was used", "key *** was used"],
    ["a secret by its name", "aws_secret_access_key=abc/def+ghi next", "aws_secret_access_key=*** next"],
    ["a password in JSON", '{"db_password": "hunter2"}', '{"db_password": "***"}'],
    ["a password in a URL", "jdbc:postgresql://app:hunter2@db/x", "jdbc:postgresql://app:***@db/x"],
    ["a bearer token", "Authorization: Bearer abcdefghijklmnop", "Authorization: Bearer ***"],
    ["a job argument", "--db-password hunter2 --api_token=xyz", "--db-password *** --api_token=***"],
  ])("masks %s", (_, text, shown) => {
    expect(plainText(text)).toBe(shown);
  });

  it.each(["SyntaxError: unexpected token: foo", "line 1:8: mismatched input 'x'", "s3://bucket/key=value"])(
    "leaves what only looks like one: %s",
    (text) => {
      expect(plainText(text)).toBe(text);
    },
  );

  it("cuts, and says how long the text was", () => {
    expect(plainText("x".repeat(10_000_000), 5)).toBe("xxxxx… (cut, 10000000 characters)");
  });

  it.each([
    ["Invalid value 'hunter2' for --db_password", "Invalid value '***' for --db_password"],
    ['"hunter2" for argument "api-key" is not allowed', '"***" for argument "api-key" is not allowed'],
    ["Invalid value 'eu' for --region", "Invalid value 'eu' for --region"],
  ])("hides a value that is quoted before its secret's name: %s", (text, shown) => {
    expect(plainText(text)).toBe(shown);
  });
});
