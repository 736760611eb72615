/** Stands in for undici in the bundles: what @actions/http-client names of it, without the code. */
export class ProxyAgent {
  constructor() {
    throw new Error("the bundle has no HTTP client of its own");
  }
}
