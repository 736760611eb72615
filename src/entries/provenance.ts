import { messageOf } from "../base/errors.ts";
import type { DeployGlueInputs } from "../contract/deploy-glue.ts";
import type { IsOlderCommit } from "../deploy/older-commit.ts";
import type { Provenance } from "../deploy/place.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { isAncestor, readCheckout } from "../scripts/checkout.ts";
import { libraryPaths, type ResolvedJob } from "../scripts/resolve.ts";
import type { EntryHost } from "./host.ts";
import { localRunId } from "./run-id.ts";
import { version } from "./version.ts";

/** Stands in for a commit outside any git repository. */
export const unknownCommit = "0".repeat(40);

type Host = EntryHost<DeployGlueInputs>;

/**
 * Who deploys what: the commit is that of the checkout, which a workflow may have chosen itself, and GITHUB_SHA where
 * there is no git repository.
 * @param jobs the jobs of the checkout; none for a rollback, which deploys no file of it
 */
export async function provenanceOf(
  { context, clock }: Host,
  manifest: Manifest,
  jobs: readonly ResolvedJob[],
): Promise<Provenance> {
  const paths = jobs.flatMap((job) => [job.script, ...libraryPaths(job)]);
  const checkout = await readCheckout(context.workspace, [manifest.path, ...paths]);
  return {
    commit: checkout?.commit ?? context.commit ?? unknownCommit,
    dirty: jobs.length === 0 ? undefined : checkout?.dirty,
    repository: context.repository ?? "local",
    runId: context.runId ?? localRunId(clock),
    runUrl: context.runUrl,
    actor: context.actor,
  };
}

/** The order of commits by the clone's history or, where that is too short, by GitHub's comparison. */
export function commitOrder({ inputs, context, clock, signal, progress }: Host): IsOlderCommit {
  return async (commit, than) => {
    const known = await isAncestor(context.workspace, commit, than);
    const token = inputs["github-token"];
    const { repository, apiUrl } = context;
    if (known !== undefined || token === undefined || repository === undefined || commit === than)
      return known;
    try {
      const { connectApi } = await import("../github/api.ts");
      const { isBehind } = await import("../github/compare-commits.ts");
      const userAgent = `glue-deploy-toolkit/${version}`;
      return await isBehind(
        await connectApi({ apiUrl, token, repository, userAgent, clock, signal, progress }),
        commit,
        than,
      );
    } catch (thrown) {
      const message = `GitHub does not tell whether ${commit} is older than ${than}: ${messageOf(thrown)}`;
      progress({ code: "deploy.commit-order-unknown", level: "debug", message });
      return undefined;
    }
  };
}
