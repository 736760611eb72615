/** Replaces what stands between `<!-- name:begin -->` and `<!-- name:end -->` in a Markdown page. */
export function replaceSection(page: string, name: string, content: string): string {
  const pattern = new RegExp(`(<!-- ${name}:begin -->)[\\s\\S]*?(<!-- ${name}:end -->)`);
  if (!pattern.test(page)) throw new Error(`the page has no section "${name}"`);
  return page.replace(pattern, (_, begin: string, end: string) => `${begin}\n${content}\n${end}`);
}
