#!/usr/bin/env node
import { existsSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "./base/clock.ts";
import { outliveClosedOutput } from "./base/closed-output.ts";
import { commands } from "./cli/commands.ts";
import { main } from "./cli/main.ts";
import { checkerFolderOf } from "./cli/run-command.ts";

outliveClosedOutput();

const folder = import.meta.dirname;

process.exitCode = await main({
  commands,
  args: process.argv.slice(2),
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  environment: process.env,
  currentFolder: process.cwd(),
  checkerFolder: checkerFolderOf(folder, existsSync(join(folder, "checker"))),
  clock: systemClock,
});
