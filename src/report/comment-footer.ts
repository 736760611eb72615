/** Where a section of the comment comes from. */
export interface SectionOrigin {
  readonly commit: string | undefined;
  readonly runUrl: string | undefined;
  readonly runAttempt: string | undefined;
}

/** Last line of a section: the commit it speaks of, and the run. */
export function commentFooter({ commit, runUrl, runAttempt }: SectionOrigin): string {
  const attempt = runAttempt === undefined || runAttempt === "1" ? "" : `, attempt ${runAttempt}`;
  const parts = [
    ...(commit === undefined ? [] : [`Commit <code>${commit.slice(0, 12)}</code>`]),
    ...(runUrl === undefined ? [] : [`[summary of the run](${runUrl})${attempt}`]),
  ];
  return parts.length === 0 ? "" : `<sub>${parts.join(" · ")}</sub>`;
}
