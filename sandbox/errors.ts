/** What went wrong in the sandbox, and what the reader can do about it. */
export class SandboxError extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "SandboxError";
    this.remedy = remedy;
  }
}

/** `message. remedy`, for people. */
export function explain(thrown: unknown): string {
  if (thrown instanceof SandboxError) return `${thrown.message}. ${thrown.remedy}`;
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
