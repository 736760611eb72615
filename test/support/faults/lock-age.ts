import type { Faults } from "./proxy.ts";

const hour = 3_600_000;

/** Shows a deploy's lock as it would be an hour later, so that nobody waits for the lock of a dead run. */
export const showLockOlder: Faults = {
  after: ({ operation, path }, reply) => {
    if (operation !== "s3:GetObject" || !path.includes("lock.json") || reply.status !== 200) return undefined;
    const headers = Object.fromEntries(
      Object.entries(reply.headers).filter(([name]) => !name.startsWith("x-amz-checksum-")),
    );
    const date = new Date(Date.parse(String(headers["date"])) + hour).toUTCString();
    const body = reply.body
      .toString()
      .replace(/(?<="expiresAt": ")[^"]+/, (time) => new Date(Date.parse(time) - hour).toISOString());
    return { ...reply, headers: { ...headers, date }, body: Buffer.from(body) };
  },
};
