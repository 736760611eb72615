import type { Faults } from "./proxy.ts";

export interface Skew {
  /** By how much AWS's clock is ahead of this machine's; negative when it is behind. */
  readonly milliseconds: number;
  /** `date`: something on the way puts its own Date into the answers; `all`: S3's times are off as well. */
  readonly of: "date" | "all";
}

/** Answers whose clock differs from this machine's, always by the same. */
export function skewClock({ milliseconds, of }: Skew): Faults {
  const shift = (text: string): number => Date.parse(text) + milliseconds;
  return {
    after: (_, reply) => {
      const headers = { ...reply.headers };
      for (const name of of === "all" ? ["date", "last-modified"] : ["date"]) {
        const time = headers[name];
        if (typeof time === "string") headers[name] = new Date(shift(time)).toUTCString();
      }
      const isList = of === "all" && headers["content-type"] === "application/xml";
      const body = isList
        ? Buffer.from(
            reply.body
              .toString()
              .replaceAll(/(?<=<LastModified>)[^<]+/g, (time) => new Date(shift(time)).toISOString()),
          )
        : reply.body;
      return { ...reply, headers, body };
    },
  };
}
