const steps = ["B", "KiB", "MiB", "GiB", "TiB"] as const;

/** `28.4 KiB`, the decimal sign as the language writes it. */
export function formatBytes(bytes: number, language = "en"): string {
  const power = bytes < 1 ? 0 : Math.min(steps.length - 1, Math.floor(Math.log2(bytes) / 10));
  const digits = power === 0 ? 0 : 1;
  return `${formatNumber(bytes / 1024 ** power, language, digits)} ${steps[power] ?? "B"}`;
}

/** A number as the language writes it, with at most `digits` decimals. */
export function formatNumber(value: number, language = "en", digits = 1): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
}

/** `2025-11-05 18:03:09 UTC` of an ISO moment; a dash for none. */
export function formatMoment(moment: string | undefined): string {
  return moment === undefined ? "–" : `${moment.slice(0, 10)} ${moment.slice(11, 19)} UTC`;
}

/** `18:03:09` of an ISO moment; a dash for none. */
export function formatTime(moment: string | undefined): string {
  return moment === undefined ? "–" : moment.slice(11, 19);
}
