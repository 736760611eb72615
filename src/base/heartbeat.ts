/**
 * Runs `beat` every so many milliseconds of the machine's own time until the returned function is called; never two
 * at once, and it keeps no process alive. `beat` must handle its own errors.
 */
export function startHeartbeat(milliseconds: number, beat: () => Promise<void>): () => void {
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    void beat().finally(() => {
      busy = false;
    });
  }, milliseconds);
  timer.unref();
  return () => clearInterval(timer);
}
