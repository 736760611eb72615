export type { Caller } from "./caller.ts";
export type { GlueApi } from "./contract.ts";
export { createGlueApi } from "./create-glue-api.ts";
export { GlueFault } from "./fault.ts";
