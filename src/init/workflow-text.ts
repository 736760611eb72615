/** The third-party actions of the workflows, pinned to commits. */
const checkout = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1";
const setupPython = "actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0";
const credentials = "aws-actions/configure-aws-credentials@e6de054238d6b7531b4efff3b6587d9aade6a06c # v6.2.3";

export interface WorkflowFacts {
  readonly manifest: string;
  readonly environment: string;
  readonly region: string;
  /** Pythons of the jobs, such as `3.11`. */
  readonly pythons: readonly string[];
  /** `owner/name` of the toolkit. */
  readonly toolkit: string;
}

/** The workflows that `init` writes, by path: one for pull requests and deploys, one to roll back by hand. */
export function workflowTexts(facts: WorkflowFacts): Readonly<Record<string, string>> {
  return {
    ".github/workflows/glue.yml": mainWorkflow(facts),
    ".github/workflows/glue-rollback.yml": rollbackWorkflow(facts),
  };
}

function mainWorkflow(facts: WorkflowFacts): string {
  const { environment, pythons, toolkit } = facts;
  return `name: Glue

on:
  pull_request:
  push:
    branches: [main]

permissions: {}

jobs:
  validate:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read
    steps:
      - uses: ${checkout}
        with:
          persist-credentials: false
      - uses: ${setupPython}
        with:
          python-version: |
${pythons.map((python) => `            ${python}`).join("\n")}
      - uses: ${toolkit}/actions/validate-glue@v1
        with:
          manifest: ${quoted(facts.manifest)}
          environment: ${quoted(environment)}

  deploy:
    needs: validate
    # Until the repository variable GLUE_DEPLOY_ROLE names a role, nothing is deployed.
    if: github.event_name == 'push' && vars.GLUE_DEPLOY_ROLE != ''
    runs-on: ubuntu-latest
    timeout-minutes: 30
    environment: ${quoted(environment)}
    permissions:
      contents: read
      id-token: write # for the AWS role
    # One deploy at a time, and a deploy that runs is never cancelled.
    concurrency:
      group: ${quoted(`glue-${environment}`)}
      cancel-in-progress: false
    steps:
      - uses: ${checkout}
        with:
          persist-credentials: false
      - uses: ${setupPython}
        with:
          python-version: |
${pythons.map((python) => `            ${python}`).join("\n")}
${credentialsStep(facts)}
      - uses: ${toolkit}/actions/deploy-glue@v1
        with:
          manifest: ${quoted(facts.manifest)}
          environment: ${quoted(environment)}
`;
}

function rollbackWorkflow(facts: WorkflowFacts): string {
  const { environment, toolkit } = facts;
  return `name: Roll Glue back

on:
  workflow_dispatch:
    inputs:
      rollback-to:
        description: previous, or a release id
        type: string
        default: previous

permissions: {}

concurrency:
  group: ${quoted(`glue-${environment}`)}
  cancel-in-progress: false

jobs:
  rollback:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    environment: ${quoted(environment)}
    permissions:
      contents: read
      id-token: write # for the AWS role
    steps:
      - uses: ${checkout}
        with:
          persist-credentials: false
${credentialsStep(facts)}
      - uses: ${toolkit}/actions/deploy-glue@v1
        with:
          manifest: ${quoted(facts.manifest)}
          environment: ${quoted(environment)}
          mode: rollback
          rollback-to: \${{ inputs.rollback-to }}
`;
}

function credentialsStep({ region }: WorkflowFacts): string {
  return `      - uses: ${credentials}
        with:
          role-to-assume: \${{ vars.GLUE_DEPLOY_ROLE }}
          aws-region: ${quoted(region)}`;
}

/** A YAML scalar, quoted where it could be read as anything but this text. */
function quoted(text: string): string {
  return /^[A-Za-z][\w./-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
