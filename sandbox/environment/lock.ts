import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const pollMilliseconds = 500;

export interface LockOptions {
  /** Told once, with the holder's process id, when there is something to wait for. */
  readonly waiting: (holder: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Runs `work` while holding a lock file, so that two processes don't build one environment at once. */
export async function withLock<T>(path: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  let told = false;
  while (!(await acquire(path))) {
    options.signal?.throwIfAborted();
    const holder = await readFile(path, "utf8").catch(() => "");
    if (isGone(holder)) {
      await discard(path);
      continue;
    }
    if (!told && holder !== "") options.waiting(holder);
    told ||= holder !== "";
    await delay(pollMilliseconds, undefined, { signal: options.signal });
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

/** The file appears with its content, so that it never names nobody. */
async function acquire(path: string): Promise<boolean> {
  const own = ownPath(path);
  await writeFile(own, String(process.pid));
  try {
    await link(own, path);
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "EEXIST") return false;
    throw thrown;
  } finally {
    await rm(own, { force: true });
  }
}

/** Takes a dead holder's file away, and puts it back if another process has taken the lock over in between. */
async function discard(path: string): Promise<void> {
  const own = ownPath(path);
  await rename(path, own).catch(() => undefined);
  const holder = await readFile(own, "utf8").catch(() => "");
  if (holder !== "" && !isGone(holder)) await link(own, path).catch(() => undefined);
  await rm(own, { force: true });
}

function ownPath(path: string): string {
  return `${path}.${process.pid}.${crypto.randomUUID()}`;
}

/** A holder that died left its lock behind. */
function isGone(holder: string): boolean {
  if (!/^\d+$/.test(holder)) return false;
  try {
    process.kill(Number(holder), 0);
    return false;
  } catch (thrown) {
    return thrown instanceof Error && "code" in thrown && thrown.code === "ESRCH";
  }
}
