import type { TestProject } from "vitest/node";
import { type Sandbox, startSandbox } from "../../sandbox/start.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** A sandbox that test files share, where one is started for all of them. */
    sharedSandbox?: SharedSandbox;
  }
}

export type SharedSandbox = Pick<Sandbox, "endpoint" | "environment">;

/** One sandbox for all files: mutation testing runs a file thousands of times and has no time to start one each time. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { endpoint, environment, stop } = await startSandbox({ port: 0 });
  project.provide("sharedSandbox", { endpoint, environment });
  return stop;
}

/** The shared sandbox as a file sees it: what counts calls or ends it is not for one of many. */
export function connectSandbox({ endpoint, environment }: SharedSandbox): Sandbox {
  const refuse = (): never => {
    throw new Error("a shared sandbox can't be counted, provisioned or stopped by one file");
  };
  return {
    endpoint,
    environment,
    control: async (verb, input) => {
      const answer = await fetch(`${endpoint}/_sandbox/glue/${verb}`, {
        method: "POST",
        body: JSON.stringify(input),
      });
      if (!answer.ok) throw new Error(await answer.text());
      return (await answer.json()) as Record<string, unknown>;
    },
    calls: refuse,
    provision: refuse,
    stop: () => Promise.resolve(),
  };
}
