import { afterAll, beforeAll, onTestFinished } from "vitest";
import { type FaultProxy, type Faults, openFaultProxy } from "./proxy.ts";

/** A proxy between the clients of a test file and its sandbox; to be used after the sandbox. */
export function useFaultProxy(): {
  /** Until the test ends, or other faults are injected. */
  inject(faults: Faults): void;
} {
  const holder: { proxy?: FaultProxy; faults: Faults } = { faults: {} };
  beforeAll(async () => {
    holder.proxy = await openFaultProxy(process.env["AWS_ENDPOINT_URL"] ?? "", {
      before: (call) => holder.faults.before?.(call),
      after: (call, reply) => holder.faults.after?.(call, reply),
    });
    process.env["AWS_ENDPOINT_URL"] = holder.proxy.url;
  });
  afterAll(() => holder.proxy?.close());
  return {
    inject: (faults) => {
      holder.faults = faults;
      onTestFinished(() => {
        holder.faults = {};
      });
    },
  };
}
