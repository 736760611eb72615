const shown = 20;

/** `a, b, c`, and of a long list how many more: a message must not grow with an input. */
export function someOf(names: readonly string[]): string {
  const more = names.length - shown;
  return more > 0 ? `${names.slice(0, shown).join(", ")} and ${more} more` : names.join(", ");
}
