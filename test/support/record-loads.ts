/** Preloaded into an action: at its end, writes the paths of all modules that were read into the file that LOADED names. */
import { writeFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

const loaded = new Set<string>();

registerHooks({
  load: (url, context, next) => {
    if (url.startsWith("file:")) loaded.add(fileURLToPath(url));
    return next(url, context);
  },
});

process.on("exit", () => {
  const file = process.env["LOADED"];
  if (file !== undefined) writeFileSync(file, [...loaded].join("\n"));
});
