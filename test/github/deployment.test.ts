import { describe, expect, it } from "vitest";
import { startDeployment } from "../../src/github/deployment.ts";
import { useFakeGitHub } from "./support/use-fake-github.ts";

const world = useFakeGitHub();
const runUrl = "https://github.test/acme/cars/actions/runs/55";

function start() {
  const { api } = world.current;
  return startDeployment({
    api,
    environment: "dev",
    ref: "abc",
    description: "deploying",
    runId: "55",
    runUrl,
  });
}

describe("startDeployment", () => {
  it("makes one that waits for no checks and merges nothing, and reports how it goes with a link to the run", async () => {
    const deployment = await start();
    await deployment.report("success", `release ${"x".repeat(200)}`);
    expect(world.current.github.deployments).toEqual([
      {
        id: deployment.id,
        request: {
          ref: "abc",
          environment: "dev",
          description: "deploying",
          auto_merge: false,
          required_contexts: [],
        },
        statuses: [
          expect.objectContaining({ state: "in_progress", log_url: runUrl }),
          expect.objectContaining({
            state: "success",
            environment: "dev",
            environment_url: runUrl,
            description: expect.stringMatching(/^release x+…$/),
          }),
        ],
      },
    ]);
  });

  it.each([
    { name: "its own run's", url: `${runUrl}/job/9`, reused: true },
    { name: "another run's", url: `${runUrl}5/job/9`, reused: false },
  ])(
    "of a job with an environment takes the deployment that GitHub made only if it is $name",
    async (row) => {
      const { deployments } = world.current.github;
      const made = {
        id: 900,
        request: { environment: "dev" },
        statuses: [{ state: "queued", log_url: row.url }],
      };
      deployments.push(made);
      const { id } = await start();
      expect(id === 900).toBe(row.reused);
      expect(deployments).toHaveLength(row.reused ? 1 : 2);
      expect(made.statuses).toHaveLength(row.reused ? 2 : 1);
    },
  );
});
