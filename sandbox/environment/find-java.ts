import { join } from "node:path";
import { execa } from "execa";

/** Java versions that Spark 3.5 runs on (spark.apache.org/docs/3.5.6, "Downloading"). */
const suitable = new Set(["8", "11", "17"]);

/** JAVA_HOME of a suitable Java on this machine, or undefined. */
export async function findJava(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const home = environment["JAVA_HOME"];
  const commands = home ? [join(home, "bin", "java"), "java"] : ["java"];
  for (const command of commands) {
    const found = await inspect(command, environment);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function inspect(command: string, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const result = await execa(command, ["-XshowSettings:properties", "-version"], {
    env: environment,
    extendEnv: false,
    reject: false,
    all: true,
    timeout: 20_000,
  });
  if (result.exitCode !== 0) return undefined;
  const version = /java\.specification\.version = (?:1\.)?(\d+)/.exec(result.all)?.[1] ?? "";
  return suitable.has(version) ? /java\.home = (.+)/.exec(result.all)?.[1]?.trim() : undefined;
}
