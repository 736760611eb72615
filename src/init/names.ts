const separator = /[-_.]/;

/** The words that all names start with, separator included; empty where they share none, or a name would be left bare. */
export function sharedPrefix(names: readonly string[]): string {
  const [first, ...others] = names;
  if (first === undefined || others.length === 0) return "";
  let end = 0;
  for (let place = 0; place < first.length; place += 1) {
    if (!others.every((name) => name[place] === first[place])) break;
    if (separator.test(first[place] ?? "")) end = place + 1;
  }
  const prefix = first.slice(0, end);
  return names.some((name) => name.length === prefix.length) ? "" : prefix;
}

/** The name with the environment's, where it stands as a word of its own, as `${environment}`. */
export function withEnvironment(name: string, environment: string): string {
  const word = escaped(environment);
  return name.replaceAll(new RegExp(`(?<![A-Za-z0-9])${word}(?![A-Za-z0-9])`, "g"), "${environment}");
}

/** The value that occurs most often; of several, the first. */
export function mostFrequent<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** Whether a glob of `*` and `?` matches the whole name. */
export function matchesName(name: string, glob: string): boolean {
  const pattern = escaped(glob).replaceAll("\\*", ".*").replaceAll("\\?", ".");
  return new RegExp(`^${pattern}$`, "s").test(name);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
