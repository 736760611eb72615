interface Call {
  readonly commandName?: string;
}

interface Answer {
  readonly response: {
    readonly statusCode: number;
    readonly headers: Readonly<Record<string, string>>;
    body: unknown;
  };
}

/** The little of an SDK client's middleware stack that is needed to look at its answers. */
interface Checked {
  readonly middlewareStack: {
    add(
      // biome-ignore lint/suspicious/noExplicitAny: each client's stack is typed by its own commands
      middleware: (next: any, context: Call) => any,
      options: { step: "deserialize"; name: string; priority: "low" },
    ): void;
  };
}

/**
 * An answer that is none of the service's, or not all of it: cut off on its way, or written by something that stands
 * between. Whether the call had its effect is not known.
 */
export class UnreadableAnswer extends Error {
  override readonly name = "UnreadableAnswer";
  /** Tells the SDK's retries that it may be sent again. */
  readonly $retryable = {};
}

/** The element that S3 or STS answers with (their API references); the SDK takes any other for an empty one. */
const roots: Readonly<Record<string, string>> = {
  DeleteObjectsCommand: "DeleteResult",
  GetBucketVersioningCommand: "VersioningConfiguration",
  GetCallerIdentityCommand: "GetCallerIdentityResponse",
  ListBucketsCommand: "ListAllMyBucketsResult",
  ListObjectsV2Command: "ListBucketResult",
  ListObjectVersionsCommand: "ListVersionsResult",
};

/** What S3 tells an object's ETag in its header. */
const tagged: ReadonlySet<string> = new Set(["GetObjectCommand", "HeadObjectCommand", "PutObjectCommand"]);

/**
 * Makes a client refuse answers that aren't the service's with an `UnreadableAnswer`, which the SDK's retries then deal
 * with. Bodies are read to their end first, but for GetObject's, which its reader has to judge.
 */
export function checkAnswers(client: Checked, speaks: "json" | "xml"): void {
  client.middlewareStack.add(
    (next: (call: unknown) => Promise<Answer>, { commandName = "" }) =>
      async (call: unknown) => {
        const answer = await next(call);
        const { response } = answer;
        const succeeded = response.statusCode >= 200 && response.statusCode < 300;
        if (tagged.has(commandName) && succeeded && response.headers["etag"] === undefined)
          throw new UnreadableAnswer("the answer has no ETag");
        if (commandName === "GetObjectCommand" && succeeded) return answer;
        const body = await bytesOf(response.body);
        response.body = body;
        if (succeeded) assertForm(speaks === "json" ? undefined : roots[commandName], speaks, body);
        return answer;
      },
    { step: "deserialize", name: "checkAnswers", priority: "low" },
  );
}

/**
 * A body to its end.
 * @throws UnreadableAnswer when it is cut off
 */
export async function bytesOf(body: unknown): Promise<Uint8Array> {
  if (body === undefined || body instanceof Uint8Array) return body ?? new Uint8Array();
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  } catch (thrown) {
    throw new UnreadableAnswer("the answer was cut off", { cause: thrown });
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function assertForm(root: string | undefined, speaks: "json" | "xml", body: Uint8Array): void {
  const text = new TextDecoder().decode(body);
  if (speaks === "json" && text !== "" && !isJsonObject(text))
    throw new UnreadableAnswer("the answer is not JSON");
  if (root !== undefined && !new RegExp(`^\\s*(<\\?xml[^>]*>\\s*)?<${root}[\\s/>]`).test(text))
    throw new UnreadableAnswer(`the answer is not a ${root}`);
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
