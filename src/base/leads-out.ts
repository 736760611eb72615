import { realpath } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import { isThere } from "./is-there.ts";

/** Whether an absolute path is a folder or lies below it; links are not followed. */
export function isInside(folder: string, absolute: string): boolean {
  const below = relative(folder, absolute);
  return below === "" || (below !== ".." && !below.startsWith(`..${sep}`) && !below.startsWith(sep));
}

/**
 * Whether a path that is named inside a folder ends outside of it, or nowhere, because of a link on its way. What isn't there
 * yet is judged by the nearest folder that is; a path that is named outside was meant so.
 */
export async function leadsOut(folder: string, path: string): Promise<boolean> {
  const named = resolve(folder, path);
  if (!isInside(resolve(folder), named)) return false;
  const root = await realpath(folder);
  const place = await nearestThatExists(named);
  const real = await realpath(place).catch(() => undefined);
  return real === undefined || !isInside(root, real);
}

async function nearestThatExists(path: string): Promise<string> {
  let place = path;
  while (!(await isThere(place))) place = dirname(place);
  return place;
}
