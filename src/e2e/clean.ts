import { resetBookmark } from "../aws/bookmarks.ts";
import { s3Uri } from "../aws/objects.ts";
import { type Deletion, deletePrefix, deletionError } from "../aws/prefixes.ts";
import { internalError, messageOf } from "../base/errors.ts";
import { mapLimited } from "../base/limit.ts";
import { plainText } from "../base/plain-text.ts";
import { plural } from "../base/plural.ts";
import type { CleanTarget } from "../manifest/manifest.ts";
import { knownProblem } from "./causes.ts";
import { knownAreas, refusedTargets } from "./clean-guard.ts";
import { ownBucket, type RunContext } from "./context.ts";
import { problemsOf } from "./problem.ts";
import type { BookmarkResult, CleanedLocation, CleanResult, Problem } from "./result.ts";

export interface CleanOutcome {
  readonly clean: CleanResult;
  readonly problems: readonly Problem[];
}

interface Part<T> {
  readonly part: T;
  readonly problems: readonly Problem[];
}

const parallel = 4;

/**
 * Empties the manifest's locations and resets the bookmarks. Each is tried, whatever happens to the others.
 * @throws ToolkitError `internal-error` without the environment's name as confirmation: nothing is touched then
 */
export async function cleanEnvironment(
  context: RunContext,
  confirmClean: string | undefined,
): Promise<CleanOutcome> {
  if (confirmClean !== context.manifest.environment.name) throw internalError("clean was not confirmed");
  // Again, whatever the preflight said: what is deleted is gone.
  const refused = refusedTargets(context, context.e2e.clean, knownAreas(context));
  if (refused.length > 0) return { clean: untouched(context), problems: refused };
  const locations = await mapLimited(context.e2e.clean, parallel, (target) => cleanLocation(context, target));
  const bookmarks = await mapLimited(context.e2e.bookmarks, parallel, (key) => cleanBookmark(context, key));
  return {
    clean: {
      locations: locations.map(({ part }) => part),
      bookmarks: bookmarks.map(({ part }) => part),
    },
    problems: [...locations, ...bookmarks].flatMap(({ problems }) => problems),
  };
}

/** The same locations and bookmarks, none of them touched. */
export function untouched(context: RunContext): CleanResult {
  const { clean, bookmarks } = context.e2e;
  const nothing = { state: "not-reached", objects: 0, markers: 0, bytes: 0 } as const;
  return {
    locations: clean.map(({ bucket, prefix }) => ({ uri: s3Uri(bucket, prefix), ...nothing })),
    bookmarks: bookmarks.map((key) => ({ jobKey: key, job: nameOf(context, key), state: "not-reached" })),
  };
}

async function cleanLocation(context: RunContext, target: CleanTarget): Promise<Part<CleanedLocation>> {
  const { bucket: name, prefix } = target;
  const uri = s3Uri(name, prefix);
  const nothing = { uri, objects: 0, markers: 0, bytes: 0 };
  if (prefix === "" && !context.e2e.allowWholeBucket.includes(name)) {
    throw internalError(`bucket ${name} may not be emptied as a whole`);
  }
  try {
    const bucket = ownBucket(context, name);
    const done = await deletePrefix(context.clients.s3, { bucket, prefix }, context.signal);
    const error = deletionError({ bucket, prefix }, done);
    context.progress({ code: "e2e.cleaned", level: "info", message: `${uri}: ${describe(done)}` });
    return {
      part: {
        uri,
        state: error ? "failed" : done.objects + done.markers === 0 ? "empty" : "cleaned",
        objects: done.objects,
        markers: done.markers,
        bytes: done.bytes,
        ...(error ? { error: plainText(error.message) } : {}),
      },
      problems: error ? problemsOf(error) : [],
    };
  } catch (thrown) {
    if (context.signal.aborted) return { part: { ...nothing, state: "not-reached" }, problems: [] };
    const error = plainText(messageOf(thrown));
    return { part: { ...nothing, state: "failed", error }, problems: problemsOf(thrown) };
  }
}

async function cleanBookmark(context: RunContext, jobKey: string): Promise<Part<BookmarkResult>> {
  const job = nameOf(context, jobKey);
  try {
    const state = await resetBookmark(context.clients.glue, job, context);
    context.progress({ code: "e2e.bookmark", level: "info", message: `bookmark of ${job}: ${state}` });
    const isExpected = context.e2e.optionalBookmarks?.has(jobKey) === true;
    const problems =
      state === "none" && !isExpected ? [knownProblem("no-bookmark", { job }, { severity: "warning" })] : [];
    return { part: { jobKey, job, state }, problems };
  } catch (thrown) {
    if (context.signal.aborted) return { part: { jobKey, job, state: "not-reached" }, problems: [] };
    const error = plainText(messageOf(thrown));
    return { part: { jobKey, job, state: "failed", error }, problems: problemsOf(thrown) };
  }
}

function nameOf(context: RunContext, key: string): string {
  return context.jobs.get(key)?.job ?? key;
}

function describe({ objects, markers, bytes, failures }: Deletion): string {
  const also = markers > 0 ? ` and ${plural(markers, "delete marker")}` : "";
  const left = failures > 0 ? `, ${failures} could not be deleted` : "";
  return `${plural(objects, "object")}${also} deleted, ${plural(bytes, "byte")}${left}`;
}
