import { readFile } from "node:fs/promises";
import { execa } from "execa";
import { safeGit } from "../base/safe-git.ts";

/**
 * The bytes git stores for a file: a checkout that turned LF into CRLF is turned back, so that every machine
 * gives a script the same content key. Without git, or for an untracked file, the bytes on disk.
 */
export async function gitBytes(workspace: string, path: string, absolute: string): Promise<Uint8Array> {
  return asInGit(workspace, path, await readFile(absolute));
}

/** The bytes git stores for a file of these bytes on disk: see `gitBytes`. */
export async function asInGit(workspace: string, path: string, bytes: Buffer): Promise<Uint8Array> {
  if (!bytes.includes("\r\n")) return bytes;
  // prints `i/lf    w/crlf  attr/text=auto  <tab>path`
  const listed = await execa("git", [...safeGit, "ls-files", "--eol", "--", path], {
    cwd: workspace,
    reject: false,
  });
  const convertedByCheckout = /^i\/(?:lf|none)\s+w\/(?:crlf|mixed)\s/.test(listed.stdout ?? "");
  return convertedByCheckout
    ? Buffer.from(bytes.toString("latin1").replaceAll("\r\n", "\n"), "latin1")
    : bytes;
}
