import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";

const cli = join(import.meta.dirname, "../../sandbox/cli.ts");

describe("npm run sandbox", () => {
  it("prints what to export and ready, and on Ctrl-C stops cleanly with all it started", async () => {
    const child = execa("node", [cli, "--port", "0"], { reject: false });
    const lines: string[] = [];
    for await (const line of child.iterable()) {
      lines.push(line);
      if (line === "ready") child.kill("SIGINT");
    }
    const result = await child;
    expect(lines.join("\n")).toMatch(
      /export AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:\d+\n(.*\n)*ready\nstopping$/,
    );
    expect(result.exitCode).toBe(0);
    const endpoint = /AWS_ENDPOINT_URL=(\S+)/.exec(lines.join("\n"))?.[1] ?? "";
    await expect(fetch(endpoint)).rejects.toThrow();
  });

  it("says which port is in use, and what to do", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    const result = await execa("node", [cli], { env: { SANDBOX_PORT: port }, reject: false });
    server.close();
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toBe(
      `port ${port} is in use. Stop what listens there, or choose another port with SANDBOX_PORT (0 takes any free one).`,
    );
  });

  it.each([
    [["--port", "many"], /"many" is not a port/],
    [["--prot", "1"], /Unknown option '--prot'/],
    [["--port", "0", "--provision", "/nowhere"], /there is no \/nowhere\/sandbox\.yml/],
  ])("refuses %j in one sentence", async (args, message) => {
    const result = await execa("node", [cli, ...args], { reject: false });
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toMatch(message);
    expect(result.stderr.split("\n")).toHaveLength(1);
  });

  it("explains itself", async () => {
    expect((await execa("node", [cli, "--help"])).stdout).toMatch(/--provision DIR/);
  });
});
