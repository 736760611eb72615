import { stringify } from "yaml";
import type { ActionContract, Output } from "../src/contract/action.ts";
import type { Input } from "../src/contract/input.ts";

type Contract = ActionContract<Readonly<Record<string, Input<unknown>>>, Readonly<Record<string, Output>>>;

/** action.yml of a contract. */
export function actionYaml(contract: Contract): string {
  const document = {
    name: contract.name,
    description: contract.description,
    author: "glue-deploy-toolkit",
    branding: contract.branding,
    inputs: mapValues(contract.inputs, (input) => ({
      description: input.description,
      required: false,
      ...(input.default === undefined ? {} : { default: input.default }),
    })),
    outputs: mapValues(contract.outputs, ({ description }) => ({ description })),
    runs: { using: "node24", main: "dist/index.js" },
  };
  return `# Generated from src/contract/${contract.id}.ts by \`npm run generate\`; don't edit.\n${stringify(document, { lineWidth: 0, defaultStringType: "PLAIN", version: "1.1" })}`;
}

/** Markdown table of the inputs. */
export function inputTable(contract: Contract): string {
  const rows = Object.entries(contract.inputs).map(([name, { description, choices, default: fallback }]) => {
    const values = choices === undefined ? "" : choices.map((choice) => `\`${choice}\``).join(", ");
    return `| \`${name}\` | ${description} | ${values} | ${fallback === undefined ? "" : `\`${fallback}\``} |`;
  });
  return ["| input | what | values | default |", "|---|---|---|---|", ...rows].join("\n");
}

/** Markdown table of the outputs. */
export function outputTable(contract: Contract): string {
  const rows = Object.entries(contract.outputs).map(
    ([name, { description }]) => `| \`${name}\` | ${description} |`,
  );
  return ["| output | what |", "|---|---|", ...rows].join("\n");
}

function mapValues<T, R>(record: Readonly<Record<string, T>>, map: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
