const shown = 20;

/** `a, b, c`, and of a long list how many more: a message must not grow with an input. */
export function someOf(names: readonly string[], separator = ", "): string {
  const more = names.length - shown;
  const first = names.slice(0, shown).join(separator);
  return more > 0 ? `${first} and ${more} more` : first;
}
