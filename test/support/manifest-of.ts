/** The start of a manifest, without its jobs. */
export const manifestHead =
  "version: 1\nname: x\nenvironments: { dev: { region: us-east-1 } }\nscripts: { bucket: abc }\n";

/** A manifest with jobs, each a line of YAML. */
export function manifestOf(...jobs: readonly string[]): string {
  return `${manifestHead}jobs:\n${jobs.map((job) => `  ${job}\n`).join("")}`;
}
