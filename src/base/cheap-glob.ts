/** Globs are matched by trial and error: each further choice multiplies the time, by up to the length of the name. */
const mostChoices = 4;
const longest = 1_000;

/** What the words of a refusal ask for. */
export const cheapGlob = `at most ${mostChoices} times {}, ** or a * beside others in its part of the path, and ${longest} characters`;

/** Whether no name takes a glob's matching longer than seconds, as one that someone made for that would. */
export function isCheapGlob(glob: string): boolean {
  return glob.length <= longest && choicesOf(glob) <= mostChoices;
}

/** A part's only `*` has no choice: it stands for all that its part has left. Brackets and escapes may hide a `/`. */
function choicesOf(glob: string): number {
  const parts = /[[\\]/.test(glob) ? [glob] : glob.split("/");
  const choices = parts.map((part) => {
    const [first, ...more] = part.match(/\*+|\{/g) ?? [];
    return first === undefined || (first === "*" && more.length === 0) ? 0 : 1 + more.length;
  });
  return choices.reduce((sum, each) => sum + each, 0);
}
