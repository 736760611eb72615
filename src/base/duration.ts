import { ToolkitError } from "./errors.ts";

const unitMilliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const part = /(\d+(?:\.\d+)?)(ms|s|m|h)/g;
const whole = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/;

/**
 * Milliseconds of a duration such as `90s`, `20m` or `1h30m`.
 * @throws ToolkitError `invalid-duration` for anything else, zero included.
 */
export function parseDuration(text: string): number {
  const compact = text.replaceAll(/\s+/g, "");
  let total = 0;
  if (whole.test(compact)) {
    for (const [, amount, unit] of compact.matchAll(part)) {
      total += Number(amount) * (unitMilliseconds[unit ?? ""] ?? Number.NaN);
    }
  }
  if (Number.isFinite(total) && total > 0) return total;
  throw new ToolkitError({
    code: "invalid-duration",
    message: `"${text}" is not a duration`,
    remedy: "Write a number with a unit: 45s, 20m or 1h30m.",
    source: "user",
  });
}

/** `1h 5m`, `2m 3s`, `4.2s` or `85ms`: at most two units, for people. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)}ms`;
  const seconds = milliseconds / 1_000;
  if (seconds < 10) return `${seconds.toFixed(1)}s`;
  const rounded = Math.round(seconds);
  if (rounded < 60) return `${rounded}s`;
  const minutes = Math.floor(rounded / 60);
  if (minutes < 60) return `${minutes}m ${rounded % 60}s`;
  return `${Math.floor(minutes / 60)}h ${minutes % 60}m`;
}
