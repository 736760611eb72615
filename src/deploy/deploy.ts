import type { AwsClients } from "../aws/clients.ts";
import { assertAccount, callerIdentity } from "../aws/identity.ts";
import type { Clock } from "../base/clock.ts";
import type { Progress } from "../base/progress.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { ResolvedJob } from "../scripts/resolve.ts";
import { applyPlan } from "./apply.ts";
import { assertApproved } from "./approved-plan.ts";
import { type Desired, desiredFromWorkspace } from "./desired.ts";
import { newestRelease } from "./ledger.ts";
import { type Lock, withLock } from "./lock.ts";
import { makePlan, type OnRunning } from "./make-plan.ts";
import { type Place, type Provenance, placeOf } from "./place.ts";
import type { Plan } from "./plan.ts";
import type { ApprovedPlan } from "./plan-file.ts";
import { pruneAfter } from "./prune-after.ts";
import { recover } from "./recover.ts";
import type { DeployResult } from "./result.ts";
import { blockedResult, endedResult, failedResult, plannedResult, unchangedResult } from "./results.ts";
import { type RollbackTarget, rollbackTarget } from "./rollback.ts";
import { rollbackJobs } from "./rollback-jobs.ts";
import type { ScriptKnowledge } from "./script-checks.ts";
import { selectJobs } from "./select.ts";
import { waitForRuns } from "./wait-for-runs.ts";

export interface DeployOptions {
  readonly manifest: Manifest;
  /** The jobs of the checkout; not read by a rollback. */
  readonly jobs: readonly ResolvedJob[];
  /** Absolute path of the checkout; not read by a rollback. */
  readonly workspace: string;
  readonly mode: "deploy" | "plan" | "rollback";
  /** `previous` or a release id, for mode rollback. */
  readonly rollbackTo?: string | undefined;
  /** Manifest keys of the jobs to deploy; empty for all. */
  readonly subset: readonly string[];
  /** Deploy although a live job has another Glue version than the manifest; the job keeps its version. */
  readonly allowGlueVersionChange: boolean;
  readonly onRunning: OnRunning;
  /** For mode deploy: apply this plan or nothing. */
  readonly approved?: ApprovedPlan | undefined;
  /** Releases to keep in the ledger after this one; undefined for all. */
  readonly keepReleases?: number | undefined;
  /** SHA-256 in hex of the scripts that were validated, by path: other bytes are refused. */
  readonly validated?: ReadonlyMap<string, string> | undefined;
  /** What the check found out of the scripts, to be compared with the live jobs. */
  readonly scripts?: ScriptKnowledge | undefined;
  readonly provenance: Provenance;
  readonly clients: Pick<AwsClients, "glue" | "s3" | "sts">;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  readonly progress: Progress;
}

/**
 * Releases the manifest's scripts to an environment, plans that, or goes back to an earlier release. All jobs or
 * none; the same content again is `unchanged` and writes nothing.
 * @throws ToolkitError for what goes wrong before there is a plan; afterwards the result is `failed`
 */
export async function deploy(options: DeployOptions): Promise<DeployResult> {
  const place = placeOf(options);
  if (options.mode !== "rollback") selectJobs(options.jobs, options.subset);
  const caller = await callerIdentity(place.clients.sts, place.signal);
  assertAccount(caller, options.manifest.environment.account, place.environment);
  const session: Session = { options, place, account: caller.account, warnings: [], seenIntact: new Set() };
  await settleInterrupted(session);
  const { plan } = await prepare(session);
  if (plan.jobs.some(({ action }) => action === "blocked")) return blockedResult(plan);
  if (options.mode === "plan") return plannedResult(plan);
  const changing = plan.jobs.filter(({ action }) => action === "change");
  if (changing.length === 0) return unchangedResult(plan);
  try {
    if (options.onRunning === "wait") {
      await waitForRuns(
        place,
        changing.map(({ job }) => job),
      );
      session.seenIntact.clear();
    }
    return await withLock(place, options.provenance, (lock) => release(session, lock));
  } catch (thrown) {
    return failedResult(plan, thrown);
  }
}

interface Session {
  readonly options: DeployOptions;
  readonly place: Place;
  readonly account: string;
  readonly warnings: string[];
  /** URIs of scripts that were seen intact in this deploy. */
  readonly seenIntact: Set<string>;
}

/** Plans again, now that nobody else can change anything, and applies. */
async function release(session: Session, lock: Lock): Promise<DeployResult> {
  const { place } = session;
  const newest = (await newestRelease(place))?.record;
  if (newest?.status === "pending") report(session, await recover(place, newest, lock));
  const { plan, desired } = await prepare(session);
  if (plan.jobs.some(({ action }) => action === "blocked")) return blockedResult(plan);
  if (plan.jobs.every(({ action }) => action === "unchanged")) return unchangedResult(plan);
  try {
    const applied = await applyPlan(place, plan, desired.artifacts, lock, newest?.id);
    const ended = endedResult(place, plan, applied);
    const { keepReleases, provenance } = session.options;
    return applied.failure === undefined
      ? await pruneAfter(place, keepReleases, provenance, lock, ended)
      : ended;
  } catch (thrown) {
    return failedResult(plan, thrown);
  }
}

async function settleInterrupted(session: Session): Promise<void> {
  const { place, options } = session;
  const newest = (await newestRelease(place))?.record;
  if (newest?.status !== "pending") return;
  if (options.mode === "plan") {
    report(session, `Release ${newest.id} is pending: it is in progress, or the next deploy settles it.`);
    return;
  }
  await withLock(place, options.provenance, async (lock) => {
    const still = (await newestRelease(place))?.record;
    if (still?.status === "pending") report(session, await recover(place, still, lock));
  });
}

function report(session: Session, message: string): void {
  session.warnings.push(message);
  session.place.progress({ code: "deploy.recovered", level: "warning", message });
}

interface Prepared {
  readonly plan: Plan;
  readonly desired: Desired;
}

async function prepare(session: Session): Promise<Prepared> {
  const { options, place, account } = session;
  const target = options.mode === "rollback" ? await rollbackGoal(session) : await deployGoal(place, options);
  const plan = await makePlan(place, {
    mode: options.mode === "rollback" ? "rollback" : "deploy",
    desired: target.desired,
    rollbackTo: target.release,
    allowGlueVersionChange: options.allowGlueVersionChange,
    onRunning: options.onRunning,
    // a deploy looks at each job's runs right before it repoints the job; before that only where they can stop it
    runs: options.mode === "plan" || options.onRunning === "fail",
    seenIntact: session.seenIntact,
    account,
    provenance: options.provenance,
    scripts: options.scripts,
    warnings: [...session.warnings, ...target.warnings],
    detailed: options.mode === "plan",
  });
  if (options.approved !== undefined) assertApproved(options.approved, plan);
  return { plan, desired: target.desired };
}

async function rollbackGoal({ options, place }: Session): Promise<RollbackTarget> {
  const jobs = await rollbackJobs(place, options.manifest.jobs);
  return rollbackTarget(place, options.rollbackTo ?? "previous", selectJobs(jobs, options.subset));
}

/** An approved plan is about its own jobs, unless the caller names some. */
async function deployGoal(place: Place, options: DeployOptions): Promise<RollbackTarget> {
  const approved = new Set(options.approved?.jobs.map(({ key }) => key));
  const subset = options.subset.length > 0 ? options.subset : [...approved];
  const keys = new Set(subset);
  const jobs = options.jobs.filter(({ key }) => keys.size === 0 || keys.has(key));
  const desired = await desiredFromWorkspace(place, options.workspace, jobs, options.validated);
  return { release: null, warnings: [], desired };
}
