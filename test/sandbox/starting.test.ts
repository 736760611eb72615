import { expect, it } from "vitest";
import { openFront } from "../../sandbox/front.ts";

it("a request that comes before the sandbox is ready is answered 503, which SDKs try again", async () => {
  const server = await openFront(0, () => undefined);
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const answer = await fetch(`http://127.0.0.1:${port}/_sandbox/health`);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({
    __type: "ServiceUnavailable",
    Message: "the sandbox is still starting",
  });
  server.close();
  server.closeAllConnections();
});
