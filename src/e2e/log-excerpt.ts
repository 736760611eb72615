/** Where a Python traceback, or a script that does not compile, begins. */
const tracebackStart = /Traceback \(most recent call last\)|^\s*File "[^"]+", line \d+$/;
/** Lines between a traceback's head and its exception are indented. */
const indented = /^\s|^$/;

/** The lines around the last traceback, else the last ones; a longer traceback loses its middle, never its exception. */
export function excerpt(lines: readonly string[], size = 40): readonly string[] {
  const traceback = lines.findLastIndex((line) => tracebackStart.test(line));
  if (traceback === -1) return lines.slice(-size);
  const before = lines.slice(0, traceback).findLastIndex((line) => line.includes("Traceback"));
  const head = lines[traceback]?.includes("Traceback") || before === -1 ? traceback : before;
  const start = Math.max(0, head - 2);
  const exception = lines.findIndex((line, index) => index > traceback && !indented.test(line));
  if (exception - start < size) return lines.slice(start, start + size);
  const half = Math.floor(size / 2);
  const end = Math.min(lines.length, exception + Math.ceil(half / 4));
  const left = end - start - 2 * half;
  return [...lines.slice(start, start + half), `… ${left} more lines …`, ...lines.slice(end - half, end)];
}
