import type { RawInputs } from "../contract/action.ts";

/**
 * The inputs a runner hands over as `INPUT_<NAME>` variables. A shell can't export names with dashes, so outside a
 * workflow `INPUT_FAIL_ON` is read as `fail-on` too.
 */
export function readInputs(environment: NodeJS.ProcessEnv, known: readonly string[]): RawInputs {
  const byVariable = new Map(known.map((name) => [name.toUpperCase().replaceAll("-", "_"), name]));
  const inputs: Record<string, string> = {};
  for (const [variable, value] of Object.entries(environment)) {
    if (!variable.startsWith("INPUT_") || value === undefined) continue;
    const name = variable.slice("INPUT_".length);
    inputs[byVariable.get(name.replaceAll("-", "_")) ?? name.toLowerCase()] = value;
  }
  return inputs;
}
