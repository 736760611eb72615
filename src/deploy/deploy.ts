import type { AwsClients } from "../aws/clients.ts";
import { assertAccount, callerIdentity } from "../aws/identity.ts";
import type { Clock } from "../base/clock.ts";
import type { Progress } from "../base/progress.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { ResolvedJob } from "../scripts/resolve.ts";
import { applyPlan } from "./apply.ts";
import { assertApproved } from "./approved-plan.ts";
import { type Desired, desiredFromWorkspace } from "./desired.ts";
import { ledgerState, updateHead } from "./ledger.ts";
import { type Lock, lockState, withLock } from "./lock.ts";
import { type MadePlan, makePlan, type OnRunning } from "./make-plan.ts";
import { describeOlder, type IsOlderCommit, olderCommitError, olderCommits } from "./older-commit.ts";
import { type Place, type Provenance, placeOf } from "./place.ts";
import type { Plan } from "./plan.ts";
import type { ApprovedPlan } from "./plan-file.ts";
import { pruneAfter } from "./prune-after.ts";
import type { ReleaseRecord } from "./record.ts";
import { describeForeign, isToSettle, recover } from "./recover.ts";
import type { DeployResult } from "./result.ts";
import {
  blockedResult,
  endedResult,
  failedResult,
  interruptedResult,
  plannedResult,
  unchangedResult,
  whyUnchanged,
} from "./results.ts";
import { type RollbackTarget, rollbackTarget } from "./rollback.ts";
import { rollbackJobs } from "./rollback-jobs.ts";
import type { ScriptKnowledge } from "./script-checks.ts";
import { nothingSeen, type SeenScripts } from "./script-states.ts";
import { selectJobs } from "./select.ts";
import { waitForRuns } from "./wait-for-runs.ts";

export interface DeployOptions {
  readonly manifest: Manifest;
  /** The jobs of the checkout; not read by a rollback. */
  readonly jobs: readonly ResolvedJob[];
  /** Absolute path of the checkout; not read by a rollback. */
  readonly workspace: string;
  readonly mode: "deploy" | "plan" | "rollback";
  /** `previous` or a release id: for mode rollback, and for mode plan where a rollback is to be planned. */
  readonly rollbackTo?: string | undefined;
  /** Manifest keys of the jobs to deploy; empty for all. */
  readonly subset: readonly string[];
  /** Deploy although a live job has another Glue version than the manifest; the job keeps its version. */
  readonly allowGlueVersionChange: boolean;
  readonly onRunning: OnRunning;
  /** For mode deploy: apply this plan or nothing. */
  readonly approved?: ApprovedPlan | undefined;
  /** What to do where a job runs a newer commit than this one. */
  readonly onOlderCommit?: "fail" | "warn" | "allow" | undefined;
  /** Tells the order of commits; without it no commit counts as older. */
  readonly isOlderCommit?: IsOlderCommit | undefined;
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
 * none; the same content again is `unchanged` and writes nothing. Whatever is decided is decided while nobody else
 * deploys to the environment: where somebody does, this waits for its lock.
 * @throws ToolkitError for what goes wrong before there is a plan; afterwards the result is `failed`
 */
export async function deploy(options: DeployOptions): Promise<DeployResult> {
  const place = placeOf(options);
  if (options.mode !== "rollback" && options.rollbackTo === undefined)
    selectJobs(options.jobs, options.subset);
  const caller = await callerIdentity(place.clients.sts, place.signal);
  assertAccount(caller, options.manifest.environment.account, place.environment);
  const seen = nothingSeen();
  const session: Session = { options, place, account: caller.account, warnings: [], seen };
  if (options.mode === "plan") return planOnly(session);
  const lock = await lockState(place);
  const ledger = await ledgerState(place);
  const own = await ownWork(session);
  if (ledger.pending.some((record) => isToSettle(record, own))) return releaseUnderLock(session);
  const prepared = await prepare(session);
  const { plan } = prepared;
  const changing = plan.jobs.filter(({ action }) => action === "change");
  try {
    if (isBlocked(plan) || changing.length === 0) {
      const now = await lockState(place);
      const isQuiet = lock.free && now.free && now.mark === lock.mark;
      return isQuiet ? decidedResult(prepared) : await releaseUnderLock(session);
    }
    if (options.onRunning === "wait") {
      await waitForRuns(
        place,
        changing.map(({ job }) => job),
      );
      seen.intact.clear();
    }
    return await releaseUnderLock(session);
  } catch (thrown) {
    return failedResult(plan, thrown);
  }
}

interface Session {
  readonly options: DeployOptions;
  readonly place: Place;
  readonly account: string;
  readonly warnings: string[];
  /** What was seen of the stored scripts in this deploy. */
  readonly seen: SeenScripts;
}

async function planOnly(session: Session): Promise<DeployResult> {
  const { pending, recent } = await ledgerState(session.place);
  for (const { id } of pending) {
    report(session, `Release ${id} is pending: it is in progress, or the next deploy settles it.`);
  }
  const { plan } = await prepare(session);
  const older = await commitWarnings(session, plan, recent);
  const result = isBlocked(plan) ? blockedResult(plan) : plannedResult(plan);
  return { ...result, warnings: [...result.warnings, ...older] };
}

function releaseUnderLock(session: Session): Promise<DeployResult> {
  return withLock(session.place, session.options.provenance, (lock) => release(session, lock));
}

/** Settles what was left pending, plans (again), now that nobody else can change anything, and applies. */
async function release(session: Session, lock: Lock): Promise<DeployResult> {
  const { place, options } = session;
  const ledger = await ledgerState(place);
  const { left, undone } = await settlePending(session, ledger.pending, lock);
  session.seen.missing.clear();
  const prepared = await prepare(session, true);
  const { plan, desired } = prepared;
  const [interrupted] = undone;
  if (interrupted !== undefined && (await isWhatToUndo(session, undone))) {
    const standing = ledger.recent.find((id) => undone.every(({ record }) => record.id !== id));
    const restored = undone.flatMap((release) => release.restored);
    return interruptedResult(
      place,
      { ...plan, rollbackTo: standing ?? null },
      interrupted.record.id,
      restored,
    );
  }
  if (plan.jobs.every(({ action }) => action !== "change") || isBlocked(plan)) return decidedResult(prepared);
  try {
    const older = await commitWarnings(session, plan, ledger.recent);
    const newest = ledger.recent[0];
    const applied = await applyPlan(place, plan, desired.artifacts, lock, newest, session.seen.missing);
    await updateHead(place, ledger, applied.record, left);
    const { warnings, ...made } = endedResult(place, plan, applied);
    const ended = { ...made, warnings: [...warnings, ...older], commit: prepared.target?.commit };
    return applied.failure === undefined
      ? await pruneAfter(place, options.keepReleases, options.provenance, lock, ended)
      : ended;
  } catch (thrown) {
    return failedResult(plan, thrown);
  }
}

/**
 * What is to be said of an older commit; a rollback goes to one on purpose.
 * @throws ToolkitError `older-commit` where that stops the deploy
 */
async function commitWarnings(
  { options, place }: Session,
  plan: Plan,
  recent: readonly string[],
): Promise<readonly string[]> {
  const { onOlderCommit, isOlderCommit, provenance, mode } = options;
  if (plan.mode === "rollback" || onOlderCommit === "allow" || isOlderCommit === undefined) return [];
  const older = await olderCommits(place, plan, recent, isOlderCommit);
  if (older.length === 0) return [];
  if (onOlderCommit === "fail" && mode === "deploy") throw olderCommitError(older, provenance.commit);
  return [describeOlder(older, provenance.commit)];
}

function isBlocked({ jobs }: Plan): boolean {
  return jobs.some(({ action }) => action === "blocked");
}

/** Nothing is to be done, or may be done. */
function decidedResult({ plan, target }: Prepared): DeployResult {
  if (isBlocked(plan)) return blockedResult(plan);
  const result = unchangedResult(plan);
  return { ...result, warnings: [...result.warnings, ...whyUnchanged(plan, target)] };
}

/**
 * Settles the pending releases that are this run's to settle.
 * @returns those that are left to others, and those that were undone
 */
async function settlePending(
  session: Session,
  pending: readonly ReleaseRecord[],
  lock: Lock,
): Promise<{ readonly left: readonly ReleaseRecord[]; readonly undone: readonly UndoneRelease[] }> {
  const { place } = session;
  if (pending.length === 0) return { left: [], undone: [] };
  const own = await ownWork(session);
  const left: ReleaseRecord[] = [];
  const undone: UndoneRelease[] = [];
  for (const record of pending) {
    if (isToSettle(record, own)) {
      const { message, restored } = await recover(place, record, lock);
      report(session, message);
      if (restored !== undefined) undone.push({ record, restored });
    } else {
      report(session, describeForeign(record));
      left.push(record);
    }
  }
  return { left, undone };
}

/** A release that was left pending and is undone now. */
interface UndoneRelease {
  readonly record: ReleaseRecord;
  /** Names of the jobs that were moved back. */
  readonly restored: readonly string[];
}

/**
 * Whether a rollback to `previous` has done its work by undoing releases that were interrupted: of the jobs that it is
 * about, the newest change was theirs.
 */
async function isWhatToUndo({ options, place }: Session, undone: readonly UndoneRelease[]): Promise<boolean> {
  const { manifest, mode, rollbackTo = "previous", subset } = options;
  if (mode !== "rollback" || rollbackTo !== "previous") return false;
  const jobs = new Set((await rollbackJobs(place, manifest.jobs, subset)).map(({ job }) => job));
  return undone.some(({ record }) => record.jobs.some(({ job }) => jobs.has(job)));
}

/** What tells this run's releases from those of another manifest that shares the ledger. */
async function ownWork({ options, place }: Session): Promise<Parameters<typeof isToSettle>[1]> {
  const { manifest, mode } = options;
  const jobs = mode === "rollback" ? await rollbackJobs(place, manifest.jobs) : options.jobs;
  return { manifest, jobs: new Set(jobs.map(({ job }) => job)) };
}

function report(session: Session, message: string): void {
  session.warnings.push(message);
  session.place.progress({ code: "deploy.recovered", level: "warning", message });
}

interface Prepared extends MadePlan {
  /** What a rollback goes back to. */
  readonly target: RollbackTarget | undefined;
}

async function prepare(session: Session, isLocked = false): Promise<Prepared> {
  const { options, place, account, seen } = session;
  const isRollback = options.mode === "rollback" || options.rollbackTo !== undefined;
  const target = isRollback ? await rollbackGoal(session) : undefined;
  const made = await makePlan(place, {
    mode: isRollback ? "rollback" : "deploy",
    desired: target?.desired ?? (await deployGoal(place, options)),
    digests: target?.digests ?? new Map(),
    rollbackTo: target?.release ?? null,
    allowGlueVersionChange: options.allowGlueVersionChange,
    onRunning: options.onRunning,
    // a deploy looks at each job's runs right before it repoints the job; before that only where they can stop it
    runs: options.mode === "plan" || options.onRunning === "fail",
    uploads: options.mode === "plan" || isLocked,
    seen,
    account,
    manifest: { name: options.manifest.name, path: options.manifest.path },
    provenance: options.provenance,
    scripts: options.scripts,
    warnings: [...session.warnings, ...(target?.warnings ?? [])],
    detailed: options.mode === "plan",
  });
  if (options.approved !== undefined) assertApproved(options.approved, made.plan);
  return { ...made, target };
}

async function rollbackGoal({ options, place }: Session): Promise<RollbackTarget> {
  const { manifest, rollbackTo = "previous", subset } = options;
  const jobs = await rollbackJobs(place, manifest.jobs, subset);
  return rollbackTarget(place, rollbackTo, jobs, subset.length > 0);
}

/** An approved plan is about its own jobs, unless the caller names some. */
async function deployGoal(place: Place, options: DeployOptions): Promise<Desired> {
  const approved = new Set(options.approved?.jobs.map(({ key }) => key));
  const subset = options.subset.length > 0 ? options.subset : [...approved];
  const keys = new Set(subset);
  const jobs = options.jobs.filter(({ key }) => keys.size === 0 || keys.has(key));
  return desiredFromWorkspace(place, options.workspace, jobs, options.validated);
}
