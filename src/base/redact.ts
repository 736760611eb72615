const secretName =
  /pass(word|wd|phrase)?|secret|token|credential|api[-_]?key|private[-_]?key|access[-_]?key|auth/i;

/** What stands in a log in place of a secret. */
export const redacted = "***";

/** Whether a member or argument of this name holds a secret by the field's habits: `--db-password`, `AuthToken`. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/** A deep copy of any JSON value with the values of secret-named members replaced. */
export function redactSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redactSecrets);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      isSecretName(name) && member !== null && typeof member !== "object" ? redacted : redactSecrets(member),
    ]),
  );
}
