/** The little of a command's middleware stack that is needed here. */
interface Tapped {
  readonly middlewareStack: {
    add(
      // biome-ignore lint/suspicious/noExplicitAny: each command's stack is typed by its own input and output
      middleware: (next: any) => any,
      options: { step: "deserialize"; name: string; priority: "low" },
    ): void;
  };
}

interface RawAnswer {
  readonly response: { readonly headers?: Readonly<Record<string, string>> };
}

/**
 * Keeps the Date header of a command's answer, which the SDK does not hand on: the service's own clock.
 * @returns what gives it after the command was sent, in milliseconds since the epoch; NaN where there is none
 */
export function answerDate(command: object): () => number {
  let date: string | undefined;
  (command as Tapped).middlewareStack.add(
    (next: (call: unknown) => Promise<RawAnswer>) => async (call: unknown) => {
      const answer = await next(call);
      date = answer.response.headers?.["date"];
      return answer;
    },
    { step: "deserialize", name: "keepAnswerDate", priority: "low" },
  );
  return () => Date.parse(date ?? "");
}
