import type { Progress } from "../base/progress.ts";
import { awsFacts } from "./facts.ts";

interface Call {
  readonly clientName?: string;
  readonly commandName?: string;
}

interface Outcome {
  readonly output: { readonly $metadata?: Metadata };
}

interface Metadata {
  readonly requestId?: string | undefined;
  readonly httpStatusCode?: number | undefined;
  readonly attempts?: number | undefined;
}

/** The little of an SDK client's middleware stack that is needed to watch its calls. */
interface Watched {
  readonly middlewareStack: {
    // biome-ignore lint/suspicious/noExplicitAny: each client's stack is typed by its own commands
    add(middleware: (next: any, context: Call) => any, options: { step: "initialize"; name: string }): void;
  };
}

/** Makes a client report each call as `aws.call`: request id, milliseconds and attempts, failed calls too. */
export function reportCalls(client: Watched, progress: Progress): void {
  client.middlewareStack.add(
    (next: (request: unknown) => Promise<Outcome>, context) => async (request: unknown) => {
      const started = performance.now();
      try {
        const outcome = await next(request);
        report(progress, context, started, outcome.output.$metadata ?? {});
        return outcome;
      } catch (thrown) {
        const { name, status, requestId, attempts } = awsFacts(thrown);
        report(progress, context, started, { httpStatusCode: status, requestId, attempts }, name);
        throw thrown;
      }
    },
    { step: "initialize", name: "reportCalls" },
  );
}

function report(progress: Progress, call: Call, started: number, metadata: Metadata, error?: string): void {
  const service = (call.clientName ?? "").replace(/Client$/, "");
  const operation = (call.commandName ?? "").replace(/Command$/, "");
  const milliseconds = Math.round(performance.now() - started);
  const attempts = metadata.attempts ?? 1;
  const tries = attempts === 1 ? "" : `, ${attempts} attempts`;
  const verdict = error ?? metadata.httpStatusCode ?? "no answer";
  progress({
    code: "aws.call",
    level: "debug",
    message: `${service} ${operation}: ${verdict} in ${milliseconds} ms${tries} (request ${metadata.requestId ?? "id unknown"})`,
    data: {
      service,
      operation,
      milliseconds,
      attempts,
      status: metadata.httpStatusCode,
      requestId: metadata.requestId,
      ...(error === undefined ? {} : { error }),
    },
  });
}
