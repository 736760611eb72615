const own = /(uses: glue-deploy-toolkit\/glue-deploy-toolkit\/actions\/[\w-]+)@[\w.]+(?: #.*)?$/gm;

/** A workflow's text with this repository's own actions pinned to a commit, the version beside it as Dependabot reads it. */
export function pinOwnActions(workflow: string, commit: string, version: string): string {
  if (!/^[0-9a-f]{40}$/.test(commit)) throw new Error(`"${commit}" is no commit id of 40 digits`);
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Error(`"${version}" is no version such as 1.2.3`);
  return workflow.replaceAll(own, `$1@${commit} # v${version}`);
}
