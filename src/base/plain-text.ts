import { stripVTControlCharacters } from "node:util";
import { redacted } from "./redact.ts";
import { visibleText } from "./visible-text.ts";

/** Secrets by shape, in text that somebody else wrote: AWS keys, bearer tokens, `password=…`, credentials in URLs. */
const secretShapes: readonly { readonly shape: RegExp; readonly shown: string }[] = [
  { shape: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, shown: redacted },
  {
    shape:
      /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|eyJ[\w-]{10,2048}\.[\w-]{10,4096}\.[\w-]{0,2048})/g,
    shown: redacted,
  },
  { shape: /\b(bearer|basic)\s+[\w.~+/=-]{12,}/gi, shown: `$1 ${redacted}` },
  {
    shape:
      /\b([\w-]{0,64}(?:password|passwd|secret|api[-_]?key|access[-_]?key|private[-_]?key)[\w-]{0,64}["']?\s*[=:]\s*["']?)[^\s"',;&)}\]]+/gi,
    shown: `$1${redacted}`,
  },
  {
    shape: /\b([\w-]{0,64}?token[\w-]{0,64}(?:["']\s*:|["']?\s*=)\s*["']?)[^\s"',;&)}\]]+/gi,
    shown: `$1${redacted}`,
  },
  {
    shape:
      /(--[\w-]{0,64}(?:password|passwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key)[\w-]{0,64}\s+)(?!--)\S+/gi,
    shown: `$1${redacted}`,
  },
  // Invalid value 'hunter2' for --db_password
  {
    shape:
      /(["'])[^"'\n]{1,256}\1(\s+(?:for|of|in|to)\s+(?:(?:argument|parameter|option|key|member|field)\s+)?["']?-{0,2}[\w.-]{0,64}(?:password|passwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key)[\w-]{0,64})/gi,
    shown: `$1${redacted}$1$2`,
  },
  { shape: /(\w:\/\/[^\s:/@]+:)[^\s@/]+@/g, shown: `$1${redacted}@` },
];

/** The note that a text was cut, as `plainText` adds it; its group is how long the text was. */
export const cutNote = /\(cut, (\d+) characters\)/g;

/** Text is cut before it is looked at closely: terminal control and secrets shrink it, but rarely to a quarter. */
const readAhead = 4;

/** Text of a service or a log made fit to be shown: no terminal control, nothing unseen, no secret by its shape, at most `limit` characters. */
export function plainText(text: string, limit = 4_000): string {
  const start = text.slice(0, limit * readAhead);
  const plain = visibleText(stripVTControlCharacters(start).replaceAll(unprintable, ""));
  const masked = secretShapes.reduce((shown, secret) => shown.replaceAll(secret.shape, secret.shown), plain);
  const isWhole = masked.length <= limit && text.length <= limit * readAhead;
  return isWhole ? masked : `${masked.slice(0, limit).toWellFormed()}… (cut, ${text.length} characters)`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
