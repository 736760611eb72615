import type { Clock } from "../base/clock.ts";
import { isThrottled } from "./errors.ts";
import { createPacer, type Pacer } from "./pacer.ts";

interface Call {
  readonly commandName?: string;
  /** Where the SDK keeps what `send` was given. */
  readonly __smithy_context?: { readonly abortSignal?: unknown };
}

/** The little of an SDK client's middleware stack that is needed to pace its calls. */
interface Paced {
  readonly middlewareStack: {
    add(
      // biome-ignore lint/suspicious/noExplicitAny: each client's stack is typed by its own commands
      middleware: (next: any, context: Call) => any,
      options: { step: "finalizeRequest"; name: string; priority: "normal" },
    ): void;
  };
}

/**
 * Makes a client send the calls of each operation no faster than its service takes them, as `Pacer` learns it.
 * @param resends how often a throttled call, which had no effect, is sent again before the SDK's own retries count it
 */
export function paceCalls(client: Paced, clock: Clock, resends: number): void {
  const pacers = new Map<string, Pacer>();
  const pacerOf = (operation: string): Pacer => {
    const pacer = pacers.get(operation) ?? createPacer(clock);
    pacers.set(operation, pacer);
    return pacer;
  };
  client.middlewareStack.add(
    (next: (call: unknown) => Promise<unknown>, context) => async (call: unknown) => {
      const pacer = pacerOf(context.commandName ?? "");
      const given = context.__smithy_context?.abortSignal;
      const signal = given instanceof AbortSignal ? given : undefined;
      for (let attempt = 0; ; attempt += 1) {
        await pacer.turn(signal);
        const sentAt = clock.now();
        try {
          const answer = await next(call);
          pacer.answered(false, sentAt);
          return answer;
        } catch (thrown) {
          const throttled = isThrottled(thrown);
          pacer.answered(throttled, sentAt);
          if (!throttled || attempt >= resends) throw thrown;
        }
      }
    },
    { step: "finalizeRequest", name: "paceCalls", priority: "normal" },
  );
}
