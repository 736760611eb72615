import { messageOf, ToolkitError } from "../base/errors.ts";
import { plainText } from "../base/plain-text.ts";

/** What an SDK error says about itself, whatever class it is of. */
export interface AwsFacts {
  /** The error's name without namespace: `EntityNotFoundException`, or a socket's code: `ECONNREFUSED`. */
  readonly name: string;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly attempts: number | undefined;
  /** Made fit to be shown: AWS may quote an argument that holds a secret. */
  readonly message: string;
}

/** Which call failed, for messages and for the choice of what may be tried again. */
export interface AwsCall {
  /** IAM's prefix of the service. */
  readonly service: "glue" | "s3" | "sts" | "athena" | "logs";
  readonly operation: string;
  /** What it was about: `job acme-silver-dev`, `s3://bucket/key`. */
  readonly resource?: string;
}

/** The facts of an SDK error, also of one that a ToolkitError was made from. */
export function awsFacts(thrown: unknown): AwsFacts {
  const error = sdkError(thrown);
  const metadata = isObject(error["$metadata"]) ? error["$metadata"] : {};
  const code = typeof error["code"] === "string" ? error["code"] : undefined;
  const name = typeof error["name"] === "string" ? error["name"] : "Error";
  return {
    name: metadata["httpStatusCode"] === undefined && code !== undefined ? code : name.replace(/^.*#/, ""),
    status: numberOrNothing(metadata["httpStatusCode"]),
    requestId: typeof metadata["requestId"] === "string" ? metadata["requestId"] : undefined,
    attempts: numberOrNothing(metadata["attempts"]),
    message: plainText(messageOf(thrown instanceof ToolkitError ? (thrown.cause ?? thrown) : thrown)),
  };
}

function sdkError(thrown: unknown): Record<string, unknown> {
  const error = thrown instanceof ToolkitError && thrown.cause !== undefined ? thrown.cause : thrown;
  return isObject(error) ? error : {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function numberOrNothing(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
