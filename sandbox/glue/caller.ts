/** Who makes a call, read by the HTTP front from the request's signature. */
export interface Caller {
  readonly accountId: string;
  readonly region: string;
  readonly accessKeyId: string;
}
