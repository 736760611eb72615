/**
 * Lets this process go on when the reader of its output has gone (`| head`, a log that was closed): work that was begun on
 * AWS must end as begun, and nobody is left to be told.
 */
export function outliveClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
}
