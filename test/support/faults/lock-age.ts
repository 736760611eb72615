import type { Faults } from "./proxy.ts";

const hour = 3_600_000;

/** Shows a deploy's lock as it would be an hour later by S3's clock, so that nobody waits for the lock of a dead run. */
export const showLockOlder: Faults = {
  after: ({ operation, path }, reply) => {
    if (operation !== "s3:GetObject" || !path.includes("lock.json")) return undefined;
    const date = new Date(Date.parse(String(reply.headers["date"])) + hour).toUTCString();
    return { ...reply, headers: { ...reply.headers, date } };
  },
};
