/** An error of the Glue API, rendered by the front as `{"__type": code, "Message": message}`. */
export class GlueFault extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = "GlueFault";
    this.code = code;
    this.status = status;
  }
}

/** InvalidInputException: the shape is right and the values are not. */
export function invalidInput(message: string): GlueFault {
  return new GlueFault("InvalidInputException", message);
}

/** EntityNotFoundException. */
export function notFound(message: string): GlueFault {
  return new GlueFault("EntityNotFoundException", message);
}

/** What the sandbox does not do: a clear refusal in place of a made-up success. */
export function unsupported(message: string): GlueFault {
  return new GlueFault("OperationNotSupportedException", `The sandbox does not support this: ${message}`);
}
