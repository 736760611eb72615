import { request } from "node:http";
import { describe, expect, it } from "vitest";
import { useSandbox } from "../support/sandbox.ts";

const sandbox = useSandbox();

function healthBy(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${sandbox.current.endpoint}/_sandbox/health`, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on("error", reject)
      .end();
  });
}

describe("the controls", () => {
  it.each([
    ["127.0.0.1:4566", 200],
    ["localhost", 200],
    ["evil.example.com", 403],
    ["127.0.0.1.evil.example.com", 403],
  ])("asked by the name %s answer %d", async (host, status) => {
    expect(await healthBy(host)).toBe(status);
  });
});
