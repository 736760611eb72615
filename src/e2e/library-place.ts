import { posix } from "node:path";
import type { Ending } from "./ending.ts";
import { stemOf } from "./script-place.ts";

/** A line of a library of the script's author. */
export interface LibraryPlace {
  /** Path inside the library, as far as the traceback tells. */
  readonly file: string;
  readonly line: number;
  /** Whether nothing tells a line of the script as well. */
  readonly isOnly: boolean;
}

/** Where a library raised the exception that ended the run; undefined where it was the script itself. */
export function libraryPlace(ending: Ending, script: string): LibraryPlace | undefined {
  const isScript = (path: string): boolean => stemOf(posix.basename(path)) === stemOf(script);
  const own = ending.frames.filter((frame) => frame.isOwn);
  const hasScript = own.some((frame) => isScript(frame.path));
  const told = /\(([^(),]+\.py), line (\d+)\)/.exec(ending.message);
  if (told?.[1] !== undefined && !isScript(told[1])) {
    return { file: libraryPath(ending, told[1]), line: Number(told[2]), isOnly: !hasScript };
  }
  const last = own.at(-1);
  if (last === undefined || isScript(last.path) || told !== null) return undefined;
  return { file: inside(last.path), line: last.line, isOnly: !hasScript };
}

/** A library's file with its package, where a frame of the traceback tells it. */
export function libraryPath(ending: Ending, file: string): string {
  const frame = ending.frames.findLast(({ path }) => posix.basename(path) === posix.basename(file));
  return frame === undefined ? file : inside(frame.path);
}

/** `shared/utils.py` of `/tmp/shared.zip/shared/utils.py`; else the file with its folder. */
function inside(path: string): string {
  const archive = /\.(?:zip|whl|egg)\/(.+)$/.exec(path)?.[1];
  return (
    archive ??
    path
      .split("/")
      .filter((part) => part !== "" && part !== "tmp")
      .slice(-2)
      .join("/")
  );
}
