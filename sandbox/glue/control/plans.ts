import * as z from "zod";

/** How a planned run ends, instead of running its script. */
export const PlannedRun = z.strictObject({
  state: z.enum(["SUCCEEDED", "FAILED", "STOPPED", "TIMEOUT", "ERROR", "EXPIRED"]),
  errorMessage: z.string().optional(),
  /** How long it reads RUNNING. */
  seconds: z.number().min(0).default(0),
  logLines: z.array(z.string()).default([]),
});
export type PlannedRun = z.infer<typeof PlannedRun>;

/** How a planned crawl ends, instead of reading data. */
export const PlannedCrawl = z.strictObject({
  status: z.enum(["SUCCEEDED", "FAILED", "CANCELLED"]),
  errorMessage: z.string().optional(),
  seconds: z.number().min(0).default(0),
});
export type PlannedCrawl = z.infer<typeof PlannedCrawl>;
