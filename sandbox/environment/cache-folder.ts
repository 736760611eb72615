import { homedir } from "node:os";
import { join } from "node:path";

/** The folder for what is kept between runs and checkouts: `GLUE_TOOLKIT_CACHE`, else the system's own place for it. */
export function cacheFolder(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const own = environment["GLUE_TOOLKIT_CACHE"];
  if (own) return own;
  const home = environment["HOME"] || homedir();
  const base =
    environment["XDG_CACHE_HOME"] ||
    (platform === "darwin" ? join(home, "Library", "Caches") : join(home, ".cache"));
  return join(base, "glue-deploy-toolkit");
}
