import picomatch from "picomatch";

/**
 * What a glob means, for files and for S3 keys alike: `*` and `?` stay within one part, `**` crosses parts and stands for
 * none as well, `[0-9]` and `[!a]` are one character, `{a,b}` is either and may be nested. Groups, `!` at the beginning and
 * other signs stand for themselves, since file names and keys hold them.
 */
const meaning = {
  dot: true,
  flags: "s",
  noextglob: true,
  nonegate: true,
  posix: true,
  regex: false,
  strictSlashes: true,
  windows: false,
} as const;

/** Whether a text is matched by a glob as a whole. */
export function globMatcher(glob: string): (text: string) => boolean {
  if (glob === "") return (text) => text === "";
  const matches = picomatch(withoutGroups(glob), meaning);
  return (text) => matches(text);
}

/** The text before a glob's first special character: what a listing can ask for. */
export function literalPrefix(glob: string): string {
  return glob.replace(/[*?{[\\].*/s, "");
}

/** Why a glob over S3 keys can't match any, where that can be told; else undefined. */
export function globFault(glob: string): string | undefined {
  if (glob.split("/").some((part) => part === "." || part === "..")) return "holds a . or .. part";
  try {
    picomatch.makeRe(withoutGroups(glob), { ...meaning, strictBrackets: true });
    return undefined;
  } catch {
    return "has a [ or { without its end";
  }
}

/** Picomatch hands groups of a regular expression over as they are, and `(a+)+` would never end. */
function withoutGroups(glob: string): string {
  return glob.replaceAll(/\\.|[()|]/g, (token) => (token.length > 1 ? token : `\\${token}`));
}
