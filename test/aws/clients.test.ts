import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createClients } from "../../src/aws/clients.ts";
import { assertAccount, callerIdentity } from "../../src/aws/identity.ts";
import { silent } from "../../src/base/progress.ts";

/** Clients in an environment with these variables, and no other of AWS's. */
function clientsIn(variables: Readonly<Record<string, string>>) {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const clients = createClients({ region: "us-east-1", progress: silent });
  onTestFinished(() => {
    clients.destroy();
    vi.unstubAllEnvs();
  });
  return clients;
}

describe("the clients' set-up, when it is wrong, is explained:", () => {
  it("no credentials", async () => {
    const clients = clientsIn({
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_SHARED_CREDENTIALS_FILE: "/nowhere",
      AWS_CONFIG_FILE: "/nowhere",
    });
    await expect(callerIdentity(clients.sts)).rejects.toMatchObject({
      code: "aws-no-credentials",
      remedy: expect.stringContaining("configure-aws-credentials"),
    });
  });

  it("an endpoint where nothing listens", async () => {
    const clients = clientsIn({
      AWS_ACCESS_KEY_ID: "a",
      AWS_SECRET_ACCESS_KEY: "b",
      AWS_MAX_ATTEMPTS: "1",
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
    });
    await expect(callerIdentity(clients.sts)).rejects.toMatchObject({
      code: "aws-unreachable",
      remedy: expect.stringContaining("AWS_ENDPOINT_URL"),
    });
  });

  it("another account than the environment's", () => {
    const caller = { account: "111122223333", arn: "arn:aws:iam::111122223333:user/u" };
    expect(() => assertAccount(caller, "000000000000", "dev")).toThrow(
      expect.objectContaining({ code: "wrong-account", message: expect.stringContaining("111122223333") }),
    );
    expect(() => assertAccount(caller, undefined, "dev")).not.toThrow();
  });
});

describe("the clients", () => {
  it("are made once each, when they are first asked for", () => {
    const clients = clientsIn({});
    expect(clients.glue).toBe(clients.glue);
    expect(clients.glueOnce).not.toBe(clients.glue);
  });

  it("send StartJobRun's once-client one attempt only", async () => {
    const clients = clientsIn({});
    expect(await clients.glueOnce.config.maxAttempts()).toBe(1);
    expect(await clients.glue.config.maxAttempts()).toBeGreaterThan(1);
  });
});
